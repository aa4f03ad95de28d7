namespace BriData.Benchmarks.Ledgers;

/// <summary>Settings of the <c>append</c> benchmark.</summary>
internal sealed record AppendOptions
{
    /// <summary>Entries appended per contestant and round. Default 40,000.</summary>
    public int Entries { get; init; } = 40_000;

    /// <summary>Rounds; the contestants take turns. Default 6.</summary>
    public int Rounds { get; init; } = 6;

    /// <summary>Ledgers that append at the same time, each one batch after the other. Default 8.</summary>
    public int Ledgers { get; init; } = 8;

    /// <summary>Entries of a batch. Default 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Directory in which a fresh one is made and removed afterwards; null for the system's temporary directory.</summary>
    public string? DataDirectory { get; init; }
}
