using System.Collections.Concurrent;
using BriData.Entries.Rules;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Verification;

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

    /// <summary>What the ledgers judged so far say of each other.</summary>
    internal ContextRecord Contexts { get; } = new();

    /// <summary>
    /// What agreements' ledgers say they were told, and the ledgers of who told it have otherwise; of those that were judged with these
    /// rules, to their ends.
    /// </summary>
    public IEnumerable<(LedgerId Agreement, LedgerFinding Finding)> CompareContexts() => Contexts.Compare();

    internal void Remember(Hash256 digest, ReadOnlyMemory<byte> document) => _documents.Documents.TryAdd(digest, document);

    private sealed class Memory : IDocumentReader
    {
        public ConcurrentDictionary<Hash256, ReadOnlyMemory<byte>> Documents { get; } = new();

        public Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default) =>
            Task.FromResult(Documents.TryGetValue(digest, out var document) ? document : default(ReadOnlyMemory<byte>?));
    }
}
