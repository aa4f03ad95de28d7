using BriData.Ledger.Notes;

namespace BriData.Ledger.Verification;

/// <summary>What a ledger read from a source is held against.</summary>
public sealed record SourceVerification
{
    /// <summary>The key that must have signed; null to take the one that the source itself names.</summary>
    public NoteVerifier? Key { get; init; }

    /// <summary>Witnesses whose cosignatures count, each once.</summary>
    public IReadOnlyList<CosignatureVerifier> Witnesses { get; init; } = [];

    /// <summary>How many of them must have cosigned the newest checkpoint or the witnessed one.</summary>
    public int Quorum { get; init; }

    /// <summary>Checkpoints that the ledger has shown before, each verified by whoever kept it: every one must be a prefix.</summary>
    public IReadOnlyList<Checkpoint> Earlier { get; init; } = [];

    /// <summary>Whether each entry must be canonical JSON (RFC 8785); without it only hashes, tiles and signatures are checked.</summary>
    public bool CanonicalEntries { get; init; } = true;

    /// <summary>
    /// Bundles that are read, being hashed or waiting for those before them; each is at most 16 MiB in memory. More than processors,
    /// so that none of these is idle while the first in the ledger's order takes its time.
    /// </summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount + 6;

    /// <summary>Called with the number of entries that were checked so far, after each bundle; null for nobody.</summary>
    public Action<long>? Progress { get; init; }
}
