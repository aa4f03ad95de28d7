using System.Collections.Immutable;

namespace BriData.Ledger.Reconciling;

/// <summary>How two copies of a ledger stand to each other.</summary>
public enum Standing
{
    /// <summary>Nothing can be said: a copy is damaged, or not signed.</summary>
    Unknown,

    /// <summary>They are of different ledgers.</summary>
    DifferentLedgers,

    /// <summary>They are signed by different keys: one of the two is not what its owner takes it for.</summary>
    DifferentKeys,

    /// <summary>They hold the same.</summary>
    Equal,

    /// <summary>B goes on where A ends.</summary>
    AIsPrefix,

    /// <summary>A goes on where B ends.</summary>
    BIsPrefix,

    /// <summary>The ledger's key has signed two histories, of which neither is a prefix of the other.</summary>
    Forked,
}

/// <summary>What comparing two copies of a ledger gave.</summary>
/// <param name="A">One copy.</param>
/// <param name="B">The other.</param>
/// <param name="Standing">How they stand to each other.</param>
/// <param name="Common">Number of entries, from the first, that are equal in both.</param>
public sealed record Reconciliation(ReconciledCopy A, ReconciledCopy B, Standing Standing, long Common)
{
    /// <summary>Entries of B that A has nowhere.</summary>
    public ImmutableArray<ReconciledEntry> MissingInA { get; init; } = [];

    /// <summary>Entries of A that B has nowhere.</summary>
    public ImmutableArray<ReconciledEntry> MissingInB { get; init; } = [];

    /// <summary>Places at which each copy has an entry that the other has nowhere.</summary>
    public ImmutableArray<DifferentEntry> Different { get; init; } = [];

    /// <summary>Entries that both have, at different places.</summary>
    public ImmutableArray<MovedEntry> Moved { get; init; } = [];
}
