namespace BriData.Benchmarks.Verifying;

/// <summary>Settings of the <c>verify</c> benchmark.</summary>
internal sealed record VerifyOptions
{
    /// <summary>Entries of the ledger.</summary>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>Measured rounds, in each of which every program runs once.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Where the ledger is written and kept for another run; null for a temporary folder.</summary>
    public string? Folder { get; init; }
}
