using System.CommandLine;
using BriData.Cli.Platform;

namespace BriData.Cli.Commands;

/// <summary>Runs what a command does and turns every expected failure into a message and an exit code.</summary>
internal static class CommandRunner
{
    public static void Runs(this Command command, Surroundings surroundings, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                return await action(arguments, cancellationToken);
            }
            catch (CommandException e)
            {
                await surroundings.Messages.WriteLineAsync(e.Message);
                return e.ExitCode;
            }
            catch (OperationCanceledException)
            {
                await surroundings.Messages.WriteLineAsync("Stopped before the end.");
                return ExitCodes.Failed;
            }
        });
}
