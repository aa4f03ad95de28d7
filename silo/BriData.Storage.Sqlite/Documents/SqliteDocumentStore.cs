using BriData.Ledger.Documents;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Documents;

/// <summary>
/// Documents in the ledgers' file and by the ledgers' writer, so that a document and the entry that names it are equally
/// durable. Failures are <see cref="LedgerStoreException"/> without a ledger.
/// </summary>
public sealed class SqliteDocumentStore(SqliteLedgerStore ledgers) : IDocumentStore
{
    /// <inheritdoc/>
    public async Task<Hash256> PutAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default)
    {
        if (document.Length > IDocumentStore.MaxBytes)
        {
            throw new ArgumentException($"A document has at most {IDocumentStore.MaxBytes} bytes, not {document.Length}.", nameof(document));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var digest = Hash256.OfSha256(document.Span);

        // The write is not cancelled once queued, and it reads the caller's buffer: so it is awaited to its end.
        await ledgers.File.WriteAsync(new PutDocumentRequest(digest, document));
        return digest;
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default)
    {
        var document = ledgers.File.Read(default, digest, static (reader, wanted) => reader.ReadDocument(wanted));
        if (document is null)
        {
            return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        }

        return Hash256.OfSha256(document) == digest
            ? Task.FromResult<ReadOnlyMemory<byte>?>(document)
            : throw new LedgerStoreException(default, LedgerStoreFailure.Corrupt, $"The stored document {digest} does not hash to its name.");
    }
}
