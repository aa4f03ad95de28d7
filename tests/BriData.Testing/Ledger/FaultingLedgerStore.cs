using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>
/// Passes everything to another store, except that a test can decide how the next append goes, and that a ledger is damaged. Arm
/// before the append; each arming serves one append.
/// </summary>
public sealed class FaultingLedgerStore(ILedgerStore inner) : PassingLedgerStore(inner)
{
    private readonly Lock _lock = new();
    private Func<LedgerBatch, Task>? _next;
    private string? _only;
    private volatile string? _damaged;
    private volatile bool _listing;
    private int _listings;

    /// <summary>While true, the ledgers cannot be listed.</summary>
    public bool FailListing
    {
        get => _listing;
        set => _listing = value;
    }

    /// <summary>How often the ledgers were to be listed.</summary>
    public int Listings => Volatile.Read(ref _listings);

    /// <summary>From now on the entries of a ledger cannot be read, as after a byte of them has changed; null for none any more.</summary>
    public void Damage(string? ledger) => _damaged = ledger;

    /// <summary>The next append, or the next one of the named ledger, is refused and writes nothing.</summary>
    public void FailNext(LedgerStoreFailure reason, string? ledger = null) =>
        Arm(batch => Task.FromException(new LedgerStoreException(batch.Ledger, reason, "Refused by the test.")), ledger);

    /// <summary>The next append writes and then reports that its outcome is not known.</summary>
    public void FailNextAfterWrite() => Arm(async batch =>
    {
        await Inner.AppendAsync(batch);
        throw new LedgerStoreException(batch.Ledger, LedgerStoreFailure.OutcomeUnknown, "Interrupted by the test after writing.");
    });

    /// <summary>The next append writes nothing and reports that its outcome is not known.</summary>
    public void FailNextBeforeWriteUnknown() => FailNext(LedgerStoreFailure.OutcomeUnknown);

    /// <summary>The next append waits, before it writes, until the test lets it go.</summary>
    public AppendGate HoldNext()
    {
        var gate = new AppendGate();
        Arm(async batch =>
        {
            await gate.PassAsync();
            await Inner.AppendAsync(batch);
        });
        return gate;
    }

    public override Task AppendAsync(LedgerBatch batch)
    {
        Func<LedgerBatch, Task> append;
        lock (_lock)
        {
            if (_next is null || (_only is not null && _only != batch.Ledger.Value))
            {
                append = Inner.AppendAsync;
            }
            else
            {
                append = _next;
                _next = null;
            }
        }

        return append(batch);
    }

    public override IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) =>
        ledger.Value == _damaged
            ? throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, "Damaged by the test.")
            : Inner.ReadAsync(ledger, from, to, cancellationToken);

    public override IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _listings);
        return FailListing ? throw new LedgerStoreException(default, LedgerStoreFailure.Unavailable, "Refused by the test.") : Inner.ListAsync(cancellationToken);
    }

    private void Arm(Func<LedgerBatch, Task> append, string? only = null)
    {
        lock (_lock)
        {
            _only = only;
            _next = _next is null ? append : throw new InvalidOperationException("The next append is armed already.");
        }
    }
}
