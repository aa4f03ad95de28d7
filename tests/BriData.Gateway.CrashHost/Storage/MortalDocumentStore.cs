using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Storage;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>Documents whose storing may be the process's last act.</summary>
internal sealed class MortalDocumentStore(IDocumentStore inner, MortalStorage storage) : IDocumentStore
{
    public Task<Hash256> PutAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default) => storage.WriteAsync(
        $"document {Hash256.OfSha256(document.Span)}",
        () => inner.PutAsync(document, cancellationToken),
        () => new LedgerStoreException(default, LedgerStoreFailure.OutcomeUnknown, "The process is dead."));

    public Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default) => inner.GetAsync(digest, cancellationToken);
}
