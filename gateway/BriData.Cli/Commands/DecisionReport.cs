using System.Text.Json;
using BriData.Cli.Platform;

namespace BriData.Cli.Commands;

/// <summary>Shows a report on decisions that were made again while it comes in.</summary>
internal sealed class DecisionReport(Surroundings surroundings)
{
    /// <summary>Reads to the end.</summary>
    /// <returns><see cref="ExitCodes.Ok"/> when no decision differs, <see cref="ExitCodes.Found"/> when some do.</returns>
    /// <exception cref="CommandException">Something cannot be read, or the report ends without its summary.</exception>
    public async Task<int> ShowAsync(IAsyncEnumerable<JsonElement> lines, string what)
    {
        await foreach (var line in lines)
        {
            var (decisions, different) = (line.GetProperty("decisions").GetInt64(), line.GetProperty("different").GetInt64());
            switch (line.GetProperty("kind").GetString())
            {
                case "progress":
                    await surroundings.Messages.WriteLineAsync($"{line.GetProperty("ledger").GetString()}: {decisions} decisions, {different} {what}");
                    break;
                case "different":
                    await surroundings.Output.WriteLineAsync(Describe(line.GetProperty("difference")));
                    break;
                case "unreadable":
                    throw new CommandException(ExitCodes.Failed, $"{line.GetProperty("ledger").GetString()} cannot be read on: {line.GetProperty("detail").GetString()}");
                case "summary":
                    await surroundings.Output.WriteLineAsync($"{decisions} decisions, {different} {what}");
                    return different == 0 ? ExitCodes.Ok : ExitCodes.Found;
            }
        }

        throw new CommandException(ExitCodes.Failed, "The report ended without its summary; what is shown is not all.");
    }

    private static string Describe(JsonElement difference) =>
        $"""
        {difference.GetProperty("transfer").GetString()} (entry {difference.GetProperty("index").GetInt64()})
          recorded  {Describe(difference, "recorded")}
          now       {Describe(difference, "now")}
        """;

    private static string Describe(JsonElement difference, string side)
    {
        var decision = difference.GetProperty(side);
        return $"{decision.GetProperty("outcome").GetString()} ({decision.GetProperty("code").GetString()}): {decision.GetProperty("reason").GetString()}";
    }
}
