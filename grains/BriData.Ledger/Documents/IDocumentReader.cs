namespace BriData.Ledger.Documents;

/// <summary>Reads documents by their hash.</summary>
public interface IDocumentReader
{
    /// <summary>Reads a document, verifying its hash; null when it is not stored.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default);
}
