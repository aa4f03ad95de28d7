using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Mirroring;

namespace BriData.Entries.Judging;

/// <summary>The documents that lie beside a ledger's other resources.</summary>
internal sealed class SourceDocuments(ILedgerSource source, SharedRules rules) : IDocumentReader
{
    public async Task<ReadOnlyMemory<byte>?> GetAsync(Hash256 digest, CancellationToken cancellationToken = default)
    {
        var document = await source.ReadDocumentAsync(digest, cancellationToken);
        if (document is { } found)
        {
            rules.Remember(digest, found);
        }

        return document;
    }
}
