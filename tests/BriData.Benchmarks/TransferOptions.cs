using System.Collections.Immutable;
using BriData.Benchmarks.Load;

namespace BriData.Benchmarks;

/// <summary>Settings of the <c>transfers</c> benchmark.</summary>
internal sealed record TransferOptions
{
    /// <summary>Measured time per target and agreement count, spread over <see cref="Rounds"/>. Default 10 s.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Unmeasured time per target and agreement count before the first round. Default 3 s.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Rounds per target; the targets take turns so that drift of the machine meets both. Default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Connections, each with one request under way. Default 64.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>Agreement counts, one line of the result each. Default 1, 4, 16, 64.</summary>
    public ImmutableArray<int> Agreements { get; init; } = [1, 4, 16, 64];

    /// <summary>What is driven. Default both; a single one suits a profiler.</summary>
    public ImmutableArray<Target> Targets { get; init; } = [Target.Echo, Target.Transfers];

    /// <summary>
    /// Directory in which a fresh one is made for each agreement count, and removed afterwards; null for the system's
    /// temporary directory. Choose the disk to be measured with it.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where the results are also written as JSON; null for nowhere.</summary>
    public string? JsonFile { get; init; }
}
