using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>What requests of one group see: committed heads with the group's own changes over them.</summary>
internal sealed class LedgerTransaction(LedgerTables tables, LedgerHeads heads, LedgerMark mark)
{
    private readonly Dictionary<LedgerId, LedgerRow> _changed = [];

    public LedgerTables Tables { get; } = tables;

    public LedgerHeads Heads { get; } = heads;

    public void Begin()
    {
        _changed.Clear();
        Tables.Begin();
    }

    public void Rollback()
    {
        _changed.Clear();
        Tables.Rollback();
    }

    /// <summary>Shows the group's heads to readers and puts them on record. Only after the commit returned.</summary>
    // INVARIANT: what is durable is published, whatever becomes of the record.
    public void Publish()
    {
        foreach (var (ledger, row) in _changed)
        {
            Heads.Publish(ledger, row);
            mark.Raise(row.Id, row.Size);
        }

        _changed.Clear();
        mark.Write();
    }

    /// <summary>False, with size 0, for a ledger that has no row yet.</summary>
    public bool TryFind(LedgerId ledger, out LedgerRow row)
    {
        if (_changed.TryGetValue(ledger, out row) || Heads.TryGet(ledger, out row))
        {
            return true;
        }

        var stored = Tables.Find(ledger);
        row = stored.GetValueOrDefault();
        return stored is not null;
    }

    public long Create(LedgerId ledger) => Tables.CreateLedger(ledger, MerkleHash.EmptyRoot);

    /// <summary>Moves a ledger's head, in the file and for the requests that follow in the group.</summary>
    /// <exception cref="LedgerStoreException">Corrupt: the row does not have the expected size.</exception>
    // INVARIANT: the head moves only from the size that was checked. The statement checks it again on the row itself,
    // so a head kept in memory that no longer agrees with the file cannot fork a ledger.
    public void Advance(LedgerId ledger, in LedgerRow head, long expectedSize)
    {
        if (!Tables.TryMoveHead(ledger, head, expectedSize))
        {
            throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, $"The stored head of {ledger} was changed by someone else.");
        }

        _changed[ledger] = head;
    }
}
