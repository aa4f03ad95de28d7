namespace BriData.Ledger.Mirroring;

/// <summary>
/// Where the published resources of one ledger are read from: the platform, or a folder that mirrors it. Nothing read is
/// trusted; who reads verifies. Implementations are safe for concurrent use.
/// </summary>
public interface ILedgerSource
{
    /// <summary>Where this is, for a person to read.</summary>
    string Location { get; }

    /// <summary>Which ledger this is said to be, and by which key. The key is only as good as the source.</summary>
    /// <exception cref="LedgerSourceException">It cannot be read, or there is none.</exception>
    ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a resource by its path (<see cref="TilePath"/>, <see cref="LedgerPaths"/>); null when it is not there.
    /// </summary>
    /// <exception cref="ArgumentException">A ledger has no resource of this path.</exception>
    /// <exception cref="LedgerSourceException">It cannot be read.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default);
}
