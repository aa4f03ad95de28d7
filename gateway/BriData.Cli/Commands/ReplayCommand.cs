using System.CommandLine;
using System.Globalization;
using BriData.Cli.Platform;

namespace BriData.Cli.Commands;

/// <summary><c>bridata replay</c>: makes recorded decisions again and says whether each comes out as recorded.</summary>
internal static class ReplayCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var platform = new PlatformOptions();
        var ledger = new Argument<string>("ledger") { Description = "Ledger, such as agreement/cn-kz-customs." };
        var from = new Option<long>("--from") { Description = "First entry index.", DefaultValueFactory = _ => 0 };
        var to = new Option<long?>("--to") { Description = "Entry index after the last." };
        var command = new Command("replay", "Makes the decisions of a ledger again under the rules of their day. Exit status 1 when one comes out otherwise.");
        platform.AddTo(command);
        command.Arguments.Add(ledger);
        command.Options.Add(from);
        command.Options.Add(to);
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) < 0 || result.GetValue(to) < result.GetValue(from))
            {
                result.AddError("--from is an index, --to one that is not before it.");
            }

            if (result.GetValue(ledger) is { } id && id.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            {
                result.AddError($"'{id}' is not a ledger: kind/name.");
            }
        });
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.Connect(arguments, surroundings);
            var parts = arguments.GetRequiredValue(ledger).Split('/');
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"v1/ledgers/{Uri.EscapeDataString(parts[0])}/{Uri.EscapeDataString(parts[1])}/replay?from={arguments.GetValue(from)}");
            if (arguments.GetValue(to) is { } end)
            {
                path += string.Create(CultureInfo.InvariantCulture, $"&to={end}");
            }

            return await new DecisionReport(surroundings).ShowAsync(client.ReadLinesAsync(HttpMethod.Get, path, cancellationToken), "come out otherwise");
        });
        return command;
    }
}
