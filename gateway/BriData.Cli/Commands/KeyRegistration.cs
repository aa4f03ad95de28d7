using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Cli.Platform;
using BriData.Cli.Signing;
using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Cli.Commands;

/// <summary>What an administrator does to the country's register of keys.</summary>
internal static class KeyRegistration
{
    public static Command CreateRegister(Surroundings surroundings)
    {
        var platform = new PlatformOptions(optional: true);
        var country = Country();
        var file = new Option<FileInfo>("--key") { Description = "The new private key; only its public part is sent.", Required = true };
        var with = new Option<FileInfo?>("--with") { Description = "A private key that counts now; without one, another administrator must confirm." };
        var from = Time("--valid-from", "The key does not count before this time (UTC unless it says otherwise).");
        var until = Time("--valid-until", "The key does not count from this time on.");
        var command = new Command("register", "Registers a public key of the country. Without a platform, writes the request to be sent, for a machine that reaches none.");
        platform.AddTo(command);
        command.Options.Add(country);
        command.Options.Add(file);
        command.Options.Add(with);
        command.Options.Add(from);
        command.Options.Add(until);
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var key = KeyFile.Read(arguments.GetRequiredValue(file));
            using var older = arguments.GetValue(with) is { } f ? KeyFile.Read(f) : null;
            var (validFrom, validUntil) = (Whole(arguments.GetValue(from)), Whole(arguments.GetValue(until)));
            var act = Acts.OfKey(
                arguments.GetRequiredValue(country), new JsonText(key.PublicKey.Json), validFrom, validUntil, SignedAct.Text(surroundings.Time.GetUtcNow()));
            var body = new JsonObject
            {
                ["jwk"] = JsonNode.Parse(key.PublicKey.Json.Span),
                ["validFrom"] = Text(validFrom),
                ["validUntil"] = Text(validUntil),
                ["proof"] = CompactJws.Sign(key, SignedAct.Type, act),
                ["signature"] = older is null ? null : CompactJws.Sign(older, SignedAct.Type, act),
            };
            if (!platform.IsGiven(arguments))
            {
                await surroundings.Output.WriteLineAsync(body.ToJsonString());
                return ExitCodes.Ok;
            }

            using var client = platform.Connect(arguments, surroundings);
            return await ShowAsync(surroundings, await client.PostAsync(Path(arguments.GetRequiredValue(country)), body, cancellationToken));
        });
        return command;
    }

    public static Command CreateConfirm(Surroundings surroundings)
    {
        var (platform, country, kid) = (new PlatformOptions(), Country(), Kid());
        var command = new Command("confirm", "Confirms a key that another administrator registered. From then on the country's acts must be signed.");
        platform.AddTo(command);
        command.Options.Add(country);
        command.Arguments.Add(kid);
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.Connect(arguments, surroundings);
            var path = $"{Path(arguments.GetRequiredValue(country))}/{Uri.EscapeDataString(arguments.GetRequiredValue(kid))}/confirm";
            return await ShowAsync(surroundings, await client.PostAsync(path, [], cancellationToken));
        });
        return command;
    }

    public static Command CreateRevoke(Surroundings surroundings)
    {
        var (platform, country, kid) = (new PlatformOptions(), Country(), Kid());
        var since = Time("--since", "Since when nothing signed with it is to be trusted; now, unless given.");
        var reason = new Option<string?>("--reason") { Description = "For the record; kept beside the ledger, not in it." };
        var command = new Command("revoke", "Revokes a key at once and for good. What it signed before stays good.");
        platform.AddTo(command);
        command.Options.Add(country);
        command.Arguments.Add(kid);
        command.Options.Add(since);
        command.Options.Add(reason);
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.Connect(arguments, surroundings);
            var path = $"{Path(arguments.GetRequiredValue(country))}/{Uri.EscapeDataString(arguments.GetRequiredValue(kid))}/revoke";
            var body = new JsonObject { ["at"] = Text(Whole(arguments.GetValue(since))), ["reason"] = arguments.GetValue(reason) };
            return await ShowAsync(surroundings, await client.PostAsync(path, body, cancellationToken));
        });
        return command;
    }

    private static Option<string> Country() => new("--country") { Description = "The country, ISO 3166-1 alpha-2.", Required = true };

    private static Argument<string> Kid() => new("kid") { Description = "The key's thumbprint." };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no time, such as 2027-01-01T00:00:00Z.");
            return null;
        },
    };

    private static DateTimeOffset? Whole(DateTimeOffset? time) => time is { } value ? EventEncoder.Truncate(value) : null;

    private static string? Text(DateTimeOffset? time) => time is { } value ? SignedAct.Text(value) : null;

    private static string Path(string country) => $"v1/countries/{Uri.EscapeDataString(country)}/signing-keys";

    private static async Task<int> ShowAsync(Surroundings surroundings, JsonElement key)
    {
        await surroundings.Output.WriteLineAsync($"{key.GetProperty("kid").GetString()} {key.GetProperty("status").GetString()}");
        return ExitCodes.Ok;
    }
}
