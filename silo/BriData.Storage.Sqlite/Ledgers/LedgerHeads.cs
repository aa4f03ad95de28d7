using System.Collections.Concurrent;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Committed heads, and the ledgers found damaged. Safe for concurrent use.</summary>
internal sealed class LedgerHeads
{
    private readonly ConcurrentDictionary<LedgerId, LedgerRow> _rows = new();
    private readonly ConcurrentDictionary<LedgerId, string> _damaged = new();

    public bool TryGet(LedgerId ledger, out LedgerRow row) => _rows.TryGetValue(ledger, out row);

    /// <summary>Keeps what a reader saw. INVARIANT: never over what the writer published, which may be newer.</summary>
    public void Learn(LedgerId ledger, in LedgerRow row) => _rows.TryAdd(ledger, row);

    /// <summary>For the writer alone, after the commit.</summary>
    public void Publish(LedgerId ledger, in LedgerRow row) => _rows[ledger] = row;

    /// <summary>From now on, until the store is opened again, the ledger takes no appends. False when that was known.</summary>
    public bool MarkDamaged(LedgerId ledger, string what) => _damaged.TryAdd(ledger, what);

    public bool IsDamaged(LedgerId ledger, out string what)
    {
        what = "";
        return !_damaged.IsEmpty && _damaged.TryGetValue(ledger, out what!);
    }
}
