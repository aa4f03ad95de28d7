using System.Globalization;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>One batch of one ledger on its way into a group.</summary>
internal sealed class AppendRequest : WriteRequest
{
    private readonly LedgerBatch _batch;

    public AppendRequest(LedgerBatch batch)
        : base(batch.Ledger)
    {
        _batch = batch;
        Bytes = CountBytes(batch);
    }

    public override long Bytes { get; }

    public override int Entries => _batch.Entries.Length;

    protected override RequestRefusal? TryWrite(LedgerTransaction transaction)
    {
        if (transaction.Heads.IsDamaged(Ledger, out var what))
        {
            return new RequestRefusal(LedgerStoreFailure.Corrupt, what);
        }

        var known = transaction.TryFind(Ledger, out var row);
        if (!known && transaction.Heads.MayBeLost(Ledger, out var lost))
        {
            return new RequestRefusal(LedgerStoreFailure.Corrupt, lost);
        }

        if (row.Size != _batch.ExpectedSize)
        {
            return new RequestRefusal(
                LedgerStoreFailure.Conflict,
                string.Create(CultureInfo.InvariantCulture, $"{Ledger} has {row.Size} entries; the batch expects {_batch.ExpectedSize}."));
        }

        var id = known ? row.Id : transaction.Create(Ledger);
        Write(transaction.Tables, id);
        transaction.Advance(Ledger, new LedgerRow(id, _batch.NewHead.Size, _batch.NewHead.Root), _batch.ExpectedSize);
        return null;
    }

    private static long CountBytes(LedgerBatch batch)
    {
        var bytes = 0L;
        foreach (ref readonly var entry in batch.Entries.AsSpan())
        {
            bytes += entry.Body.Length + entry.Sidecar.Length;
        }

        return bytes;
    }

    private void Write(LedgerTables tables, long id)
    {
        for (var i = 0; i < _batch.Entries.Length; i++)
        {
            tables.InsertEntry(id, _batch.ExpectedSize + i, _batch.LeafHashes[i], _batch.Entries[i]);
        }

        foreach (var tile in _batch.Tiles)
        {
            tables.WriteTile(id, tile);
        }
    }
}
