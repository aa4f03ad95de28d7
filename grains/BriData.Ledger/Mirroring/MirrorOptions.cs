namespace BriData.Ledger.Mirroring;

/// <summary>How a ledger is mirrored.</summary>
public sealed class MirrorOptions
{
    /// <summary>
    /// The key that must have signed; null takes the one that the folder holds, or for a new folder the one that the source
    /// states.
    /// </summary>
    public string? Vkey { get; init; }

    /// <summary>The documents that an entry names, by SHA-256. None by default.</summary>
    /// <remarks>May throw <see cref="FormatException"/> when the entry does not read; that is a problem of the entry.</remarks>
    public Func<ReadOnlyMemory<byte>, IEnumerable<Hash256>> DocumentsOf { get; init; } = static _ => [];

    /// <summary>Requests at once. Default 8.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Looks at everything from the first entry and fetches again what is missing or damaged. Default false: only what is new.</summary>
    public bool Repair { get; init; }

    /// <summary>Told after each bundle how many entries of how many are there. Called from several threads at once.</summary>
    public Action<long, long>? Progress { get; init; }
}

/// <summary>What a run did.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Before">Entries that the folder held.</param>
/// <param name="After">Entries that it holds now.</param>
public sealed record MirrorResult(string Ledger, long Before, long After);
