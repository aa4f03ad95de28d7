using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Documents;

/// <summary>A document on its way into the writer's next commit.</summary>
internal sealed class PutDocumentRequest(Hash256 digest, ReadOnlyMemory<byte> document) : WriteRequest(default)
{
    public override long Bytes => document.Length;

    public override int Entries => 0;

    protected override RequestRefusal? TryWrite(LedgerTransaction transaction)
    {
        transaction.Tables.InsertDocument(digest, document.Span);
        return null;
    }
}
