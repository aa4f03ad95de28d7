using System.CommandLine;
using BriData.Cli.Commands;

namespace BriData.Cli;

/// <summary>The command <c>bridata</c> with everything under it.</summary>
internal static class BriDataCommand
{
    public static RootCommand Create(Surroundings surroundings) => new("BriData: lawful exchange of data between agencies of different countries.")
    {
        ReplayCommand.Create(surroundings),
        ImpactCommand.Create(surroundings),
        PackCommand.Create(surroundings),
        WitnessCommand.Create(surroundings),
    };
}
