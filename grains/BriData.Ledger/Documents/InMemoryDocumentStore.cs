using System.Collections.Concurrent;

namespace BriData.Ledger.Documents;

/// <summary>Documents in this process's memory, for tests and trials.</summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly ConcurrentDictionary<Hash256, byte[]> _documents = new();

    /// <inheritdoc/>
    public Task<Hash256> PutAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default)
    {
        if (document.Length > IDocumentStore.MaxBytes)
        {
            return Task.FromException<Hash256>(new ArgumentException($"A document has at most {IDocumentStore.MaxBytes} bytes, not {document.Length}.", nameof(document)));
        }

        var digest = Hash256.OfSha256(document.Span);
        _documents.GetOrAdd(digest, static (_, bytes) => bytes.ToArray(), document);
        return Task.FromResult(digest);
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default) =>
        Task.FromResult(_documents.TryGetValue(digest, out var bytes) ? new ReadOnlyMemory<byte>([.. bytes]) : default(ReadOnlyMemory<byte>?));
}
