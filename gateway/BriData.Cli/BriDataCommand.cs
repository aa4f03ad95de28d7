using System.CommandLine;
using BriData.Cli.Commands;

namespace BriData.Cli;

/// <summary>The command <c>bridata</c> with everything under it.</summary>
internal static class BriDataCommand
{
    /// <summary>Runs what the arguments say.</summary>
    /// <returns>One of <see cref="ExitCodes"/>; arguments that do not parse are <see cref="ExitCodes.Usage"/>, never a finding.</returns>
    public static async Task<int> RunAsync(Surroundings surroundings, string[] arguments, InvocationConfiguration? configuration = null, CancellationToken cancellationToken = default)
    {
        var parsed = Create(surroundings).Parse(arguments);
        var code = await parsed.InvokeAsync(configuration, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
    }

    internal static RootCommand Create(Surroundings surroundings) => new("BriData: lawful exchange of data between agencies of different countries.")
    {
        ReplayCommand.Create(surroundings),
        ImpactCommand.Create(surroundings),
        PackCommand.Create(surroundings),
        WitnessCommand.Create(surroundings),
        MirrorCommand.Create(surroundings),
        KeyCommand.Create(surroundings),
        SignCommand.Create(surroundings),
        VerifyCommand.Create(surroundings),
        ReconcileCommand.Create(surroundings),
    };
}
