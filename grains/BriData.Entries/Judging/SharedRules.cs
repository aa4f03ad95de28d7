using System.Collections.Concurrent;
using BriData.Entries.Rules;
using BriData.Ledger;
using BriData.Ledger.Documents;

namespace BriData.Entries.Judging;

/// <summary>
/// Rule packs and schemes that judges of several ledgers share, so that each is compiled once. Every ledger must have its
/// documents at hand all the same.
/// </summary>
public sealed class SharedRules
{
    private readonly Memory _documents = new();

    public SharedRules() => Library = new RuleLibrary(_documents);

    internal RuleLibrary Library { get; }

    internal void Remember(Hash256 digest, ReadOnlyMemory<byte> document) => _documents.Documents.TryAdd(digest, document);

    private sealed class Memory : IDocumentReader
    {
        public ConcurrentDictionary<Hash256, ReadOnlyMemory<byte>> Documents { get; } = new();

        public Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default) =>
            Task.FromResult(Documents.TryGetValue(digest, out var document) ? document : default(ReadOnlyMemory<byte>?));
    }
}
