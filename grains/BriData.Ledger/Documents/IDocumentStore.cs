namespace BriData.Ledger.Documents;

/// <summary>
/// Content-addressed storage of documents that a ledger entry names by hash because they may exceed an entry's size
/// (rule packs, classification schemes). Documents are never changed and at most 4 MiB.
/// </summary>
public interface IDocumentStore : IDocumentReader
{
    /// <summary>Largest document, in bytes.</summary>
    const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Stores the bytes durably and returns their SHA-256. Storing the same bytes again is a no-op.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBytes"/>; nothing is stored.</exception>
    Task<Hash256> PutAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default);
}
