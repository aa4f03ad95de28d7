using System.Collections.Concurrent;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Committed heads, and the ledgers found damaged. Safe for concurrent use.</summary>
internal sealed class LedgerHeads
{
    private readonly ConcurrentDictionary<LedgerId, LedgerRow> _rows = new();
    private readonly ConcurrentDictionary<LedgerId, string> _damaged = new();
    private string? _nameless;

    public bool TryGet(LedgerId ledger, out LedgerRow row) => _rows.TryGetValue(ledger, out row);

    /// <summary>Keeps what a reader saw. INVARIANT: never over what the writer published, which may be newer.</summary>
    public void Learn(LedgerId ledger, in LedgerRow row) => _rows.TryAdd(ledger, row);

    /// <summary>For the writer alone, after the commit.</summary>
    public void Publish(LedgerId ledger, in LedgerRow row) => _rows[ledger] = row;

    /// <summary>From now on, until the store is opened again, the ledger takes no appends. False when that was known.</summary>
    public bool MarkDamaged(LedgerId ledger, string what) => _damaged.TryAdd(ledger, what);

    /// <summary>What is known to be damaged now.</summary>
    public List<LedgerDamage> Damages()
    {
        var damages = _damaged.Select(d => new LedgerDamage(d.Key, d.Value)).ToList();
        if (Volatile.Read(ref _nameless) is { } what)
        {
            damages.Add(new LedgerDamage(default, what));
        }

        return damages;
    }

    /// <summary>A ledger of the file is not known by its name any more: it may be any that has none. False when that was known.</summary>
    public bool MarkNameless(string what) => Interlocked.CompareExchange(ref _nameless, what, null) is null;

    public bool IsDamaged(LedgerId ledger, out string what)
    {
        what = "";
        return !_damaged.IsEmpty && _damaged.TryGetValue(ledger, out what!);
    }

    /// <summary>Whether a ledger that is not in the file may be one that was there.</summary>
    public bool MayBeLost(LedgerId ledger, out string what)
    {
        what = Volatile.Read(ref _nameless) ?? "";
        return IsDamaged(ledger, out var own) ? (what = own).Length > 0 : what.Length > 0;
    }
}
