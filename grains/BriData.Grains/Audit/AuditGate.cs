using BriData.Contracts;
using BriData.Grains.EventSourcing;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>
/// Stands before every look into the index: what was acknowledged before is in it, or the asker is told why not. An answer that
/// lacks something is never given for a whole one, and what is wrong with a ledger is told to those only who may see it (I10).
/// </summary>
internal sealed class AuditGate(IAuditFreshness freshness, VisibleLedgers visible)
{
    /// <summary>Null once everything that a country may see is indexed; else why it is not.</summary>
    public Task<Refusal?> EnsureCurrentAsync(string country, CancellationToken cancellationToken = default) => EnsureAsync(
        async stalled =>
        {
            var concerned = await visible.OfAsync(country);
            return !concerned.IsOk ? concerned.Refusal
                : Stalled(concerned.Value.Where(stalled.Contains)) ?? (stalled.Contains(default) ? LedgerRefusals.Unnamed(LedgerStoreFailure.Corrupt) : null);
        },
        cancellationToken);

    /// <summary>Null once all of one ledger is indexed; else why it is not.</summary>
    public Task<Refusal?> EnsureCurrentAsync(LedgerId ledger) => EnsureAsync(
        stalled => Task.FromResult(Stalled(stalled.Where(l => l == ledger))),
        CancellationToken.None);

    private static Refusal? Stalled(IEnumerable<LedgerId> ledgers) => ledgers.OrderBy(static l => l.Value, StringComparer.Ordinal).Select(static l => l.Value).FirstOrDefault() is { } ledger
        ? new Refusal(ErrorCodes.LedgerCorrupt, $"The ledger {ledger} is damaged and cannot be searched to its end.")
        : null;

    private async Task<Refusal?> EnsureAsync(Func<IReadOnlySet<LedgerId>, Task<Refusal?>> refusal, CancellationToken cancellationToken)
    {
        try
        {
            var stalled = await freshness.EnsureCurrentAsync(cancellationToken);
            return stalled.Count == 0 ? null : await refusal(stalled);
        }
        catch (AuditIndexException e)
        {
            return LedgerRefusals.From(e);
        }
        catch (LedgerStoreException e)
        {
            // It may be of any ledger, of which the asker need not know.
            return LedgerRefusals.Unnamed(e.Reason);
        }
    }
}
