using BriData.Ledger.Storage;

namespace BriData.Ledger.Audit;

/// <summary>Tells of which ledgers an index lacks entries for what is known to be damaged.</summary>
internal static class KnownDamages
{
    /// <summary>
    /// Adds the damaged ledgers that have a name, and the default value when a ledger is missing of which nobody can tell which it
    /// is. It can be told by the index: as a ledger that is indexed and no longer listed, or when the name that it bears now is
    /// indexed, since either that is its own, or the one that it had is missing, or its entries are indexed under this name and
    /// tell whose they are.
    /// </summary>
    /// <param name="known">What is known to be damaged; it is not empty.</param>
    /// <param name="indexed">Entries of each ledger that are indexed, after the last that could be.</param>
    /// <param name="listed">The ledgers that the store lists, with their sizes.</param>
    /// <param name="stalled">Ledgers that cannot be indexed further.</param>
    public static void Tell(
        IReadOnlyCollection<LedgerDamage> known,
        IReadOnlyDictionary<LedgerId, long> indexed,
        IReadOnlyDictionary<LedgerId, long> listed,
        IDictionary<LedgerId, Exception> stalled)
    {
        var untold = new List<LedgerDamage>();
        foreach (var damage in known)
        {
            var named = damage.Ledger != default;
            if (named && damage.Ledger.Kind == AuditProjector.UnindexedKind)
            {
                continue;
            }

            if (named)
            {
                stalled.TryAdd(damage.Ledger, Trouble(damage));
            }

            // One that is not indexed and not listed either is of parties that nothing names.
            if (named ? !indexed.ContainsKey(damage.Ledger) && !listed.ContainsKey(damage.Ledger) : !indexed.ContainsKey(damage.Bears))
            {
                untold.Add(damage);
            }
        }

        // An index that was begun after one ledger was lost knows only of those that were lost since: each is to be accounted for.
        if (untold.Count > indexed.Keys.Count(ledger => !listed.ContainsKey(ledger)))
        {
            stalled[default] = Trouble(untold[0]);
        }
    }

    private static LedgerStoreException Trouble(LedgerDamage damage) => new(damage.Ledger, LedgerStoreFailure.Corrupt, damage.What);
}
