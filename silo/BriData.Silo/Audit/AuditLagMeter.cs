using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Silo.Audit;

/// <summary>Compares the ledgers with what the index has of them. Not safe for concurrent use.</summary>
internal sealed class AuditLagMeter(ILedgerStore store, IAuditIndex index, TimeProvider time)
{
    private readonly Dictionary<LedgerId, (long Index, DateTimeOffset At)> _unreadable = [];

    public async Task<AuditLag> MeasureAsync(CancellationToken cancellationToken = default)
    {
        // The index first: an entry that comes in between counts as behind, never as ahead.
        var indexed = await index.GetProgressAsync(cancellationToken);
        var entries = 0L;
        DateTimeOffset? oldest = null;
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            var next = indexed.GetValueOrDefault(head.Ledger);
            if (next >= head.Size || head.Ledger.Kind == AuditProjector.UnindexedKind)
            {
                continue;
            }

            entries += head.Size - next;
            var at = await TimeOfAsync(head.Ledger, next, cancellationToken);
            oldest = at < oldest ? at : oldest ?? at;
        }

        return new AuditLag(entries, oldest);
    }

    private async Task<DateTimeOffset> TimeOfAsync(LedgerId ledger, long index, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in store.ReadAsync(ledger, index, index + 1, cancellationToken))
            {
                return AuditProjection.Read(ledger, entry).At;
            }
        }
        catch (Exception e) when (e is FormatException or LedgerStoreException { Reason: LedgerStoreFailure.Corrupt })
        {
            // It holds its ledger; the projection's log names it. Its age counts from when it was met.
        }

        if (!_unreadable.TryGetValue(ledger, out var met) || met.Index != index)
        {
            _unreadable[ledger] = met = (index, time.GetUtcNow());
        }

        return met.At;
    }
}
