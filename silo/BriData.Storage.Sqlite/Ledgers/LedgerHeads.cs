using System.Collections.Concurrent;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Committed heads, and the ledgers found damaged. Safe for concurrent use.</summary>
internal sealed class LedgerHeads
{
    private readonly ConcurrentDictionary<LedgerId, LedgerRow> _rows = new();
    private readonly ConcurrentDictionary<LedgerId, string> _damaged = new();
    private readonly ConcurrentDictionary<string, LedgerDamage> _nameless = new(StringComparer.Ordinal);

    public bool TryGet(LedgerId ledger, out LedgerRow row) => _rows.TryGetValue(ledger, out row);

    /// <summary>Keeps what a reader saw. INVARIANT: never over what the writer published, which may be newer.</summary>
    public void Learn(LedgerId ledger, in LedgerRow row) => _rows.TryAdd(ledger, row);

    /// <summary>For the writer alone, after the commit.</summary>
    public void Publish(LedgerId ledger, in LedgerRow row) => _rows[ledger] = row;

    /// <summary>From now on, until the store is opened again, the ledger takes no appends. False when that was known.</summary>
    public bool MarkDamaged(LedgerId ledger, string what) => _damaged.TryAdd(ledger, what);

    /// <summary>What is known to be damaged now.</summary>
    public List<LedgerDamage> Damages() => [.. _damaged.Select(static d => new LedgerDamage(d.Key, d.Value)), .. _nameless.Values];

    /// <summary>A ledger of the file is not known by its name any more: it may be any that has none. False when that was known.</summary>
    /// <param name="stands">What stands in the place of its name, by which it is known again; its number where nothing does.</param>
    /// <param name="what">What is wrong.</param>
    public bool MarkNameless(string stands, string what) =>
        _nameless.TryAdd(stands, new LedgerDamage(default, what, LedgerId.TryParse(stands, out var bears) ? bears : default));

    public bool IsDamaged(LedgerId ledger, out string what)
    {
        what = "";
        return !_damaged.IsEmpty && _damaged.TryGetValue(ledger, out what!);
    }

    /// <summary>Whether a ledger that is not in the file may be one that was there.</summary>
    public bool MayBeLost(LedgerId ledger, out string what)
    {
        if (!IsDamaged(ledger, out what) && !_nameless.IsEmpty)
        {
            what = _nameless.First().Value.What;
        }

        return what is { Length: > 0 };
    }
}
