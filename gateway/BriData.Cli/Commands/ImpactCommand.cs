using System.CommandLine;
using BriData.Cli.Platform;

namespace BriData.Cli.Commands;

/// <summary><c>bridata impact</c>: what a rule pack would have changed.</summary>
internal static class ImpactCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var platform = new PlatformOptions();
        var country = new Argument<string>("country") { Description = "ISO 3166-1 alpha-2." };
        var version = new Argument<string>("version") { Description = "Version of the rule pack." };
        var command = new Command("impact", "Makes the recorded decisions of a country again under a rule pack, without effect, and lists those that would change. Exit status 1 when there are some.");
        platform.AddTo(command);
        command.Arguments.Add(country);
        command.Arguments.Add(version);
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.Connect(arguments, surroundings);
            var path = $"v1/countries/{Uri.EscapeDataString(arguments.GetRequiredValue(country))}/rule-packs/{Uri.EscapeDataString(arguments.GetRequiredValue(version))}/impact";
            return await new DecisionReport(surroundings).ShowAsync(client.ReadLinesAsync(HttpMethod.Post, path, cancellationToken), "would change");
        });
        return command;
    }
}
