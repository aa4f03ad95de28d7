using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BriData.Cli.Platform;
using BriData.Cli.Signing;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Ledger;
using BriData.Policy.RulePacks;

namespace BriData.Cli.Commands;

/// <summary><c>bridata sign pack</c>: signs the approval of a rule pack, or the return to an earlier version.</summary>
internal static class PackSigning
{
    private const string Approve = "approve";
    private const string Reinstate = "reinstate";

    public static Command Create(Surroundings surroundings)
    {
        var platform = new PlatformOptions(optional: true);
        var version = new Argument<string?>("version") { Description = "Version of the rule pack.", Arity = ArgumentArity.ZeroOrOne };
        var document = new Option<FileInfo?>("--document") { Description = "The rule pack in a file, instead of the one on the platform." };
        var signing = new SigningOptions();
        var act = new Option<string>("--act") { Description = "approve or reinstate.", DefaultValueFactory = _ => Approve };
        act.AcceptOnlyFromAmong(Approve, Reinstate);
        var from = new Option<DateOnly?>("--in-force-from")
        {
            Description = "First day in force, 2027-01-01; today (UTC) unless given.",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return day;
                }

                result.AddError($"'{result.Tokens[0].Value}' is no day, such as 2027-01-01.");
                return null;
            },
        };
        var command = new Command("pack", "Signs the approval of a rule pack, or the return to an earlier version. Writes the JWS; --post also sends it.");
        platform.AddTo(command);
        command.Arguments.Add(version);
        command.Options.Add(document);
        command.Options.Add(act);
        command.Options.Add(from);
        signing.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(version) is null && (result.GetValue(document) is null || result.GetValue(signing.Post)))
            {
                result.AddError("Name a platform and a version, or a file with --document.");
            }

            if (result.GetValue(act) == Reinstate && result.GetValue(from) is not null)
            {
                result.AddError("A version that is returned to governs from today.");
            }
        });
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.IsGiven(arguments) ? platform.Connect(arguments, surroundings) : null;
            var (country, name) = (signing.Country(arguments), arguments.GetRequiredValue(act));
            var path = $"v1/countries/{Uri.EscapeDataString(country)}/rule-packs/{Uri.EscapeDataString(arguments.GetValue(version) ?? "")}";
            var source = await SignCommand.PaperAsync(arguments.GetValue(document), client, path, cancellationToken);
            var pack = Read(source, country, arguments.GetValue(version));
            var day = arguments.GetValue(from) ?? DateOnly.FromDateTime(surroundings.Time.GetUtcNow().UtcDateTime);
            var digest = Hash256.OfSha256(source).ToString();
            var paper = $"{Encoding.UTF8.GetString(source)}\nRule pack of {pack.Jurisdiction}, version {pack.Version}, {pack.Rules.Length} rules, SHA-256 of its source: {digest}";
            var signature = await signing.SignAsync(
                arguments, surroundings, paper, at => Acts.OnRulePack($"rulepack.{name}", country, pack.Version, digest, day, at));
            if (arguments.GetValue(signing.Post))
            {
                var body = new JsonObject { ["signature"] = signature };
                if (name == Approve)
                {
                    body["inForceFrom"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                }

                var answer = await client!.PostAsync($"{path}/{name}", body, cancellationToken);
                await surroundings.Messages.WriteLineAsync($"Recorded; version {pack.Version} is {answer.GetProperty("status").GetString()}.");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static RulePack Read(byte[] source, string country, string? version)
    {
        var parsed = RulePackParser.Parse(source);
        return parsed.Pack is not { } pack ? throw new CommandException(ExitCodes.Usage, $"This is no rule pack: {parsed.Errors.Length} errors. Nothing was signed.")
            : version is not null && pack.Version != version ? throw new CommandException(ExitCodes.Failed, $"This is version '{pack.Version}', not '{version}'. Nothing was signed.")
            : !Jurisdictions.MayPublish(country, pack.Jurisdiction) ? throw new CommandException(ExitCodes.Usage, $"{country} cannot publish a pack of '{pack.Jurisdiction}'. Nothing was signed.")
            : pack;
    }
}
