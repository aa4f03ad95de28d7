using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>Looks through a store as the silo does in the background.</summary>
internal static class Upkeep
{
    /// <summary>Verifies the named ledgers and checks everything else; closes what is damaged and returns what was found.</summary>
    public static async Task<List<LedgerDamage>> ScrubAsync(this SqliteLedgerStore store, params LedgerId[] ledgers)
    {
        var found = new List<LedgerDamage>();
        foreach (var ledger in ledgers)
        {
            if (await LedgerVerifier.VerifyAsync(store, ledger) is { Ok: false } report)
            {
                found.Add(new LedgerDamage(ledger, report.Problem!));
            }
        }

        await foreach (var damage in store.CheckAsync(static (_, _) => ValueTask.CompletedTask))
        {
            found.Add(damage);
        }

        foreach (var damage in found.Where(d => d.Ledger != default))
        {
            store.Close(damage.Ledger, damage.What);
        }

        return found;
    }
}
