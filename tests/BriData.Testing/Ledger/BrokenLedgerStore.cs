using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store, except that one ledger cannot be read, as often or as long as a test says.</summary>
/// <param name="inner">The store.</param>
/// <param name="broken">The ledger.</param>
public sealed class BrokenLedgerStore(ILedgerStore inner, LedgerId broken) : PassingLedgerStore(inner)
{
    private int _looks;
    private volatile bool _mended;

    /// <summary>How many looks at its head fail; every one unless told otherwise.</summary>
    public int Failures { get; init; } = int.MaxValue;

    /// <summary>Why they fail; damage unless told otherwise.</summary>
    public LedgerStoreFailure Reason { get; init; } = LedgerStoreFailure.Corrupt;

    /// <summary>How often its head was looked at.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>From now on it can be read.</summary>
    public void Mend() => _mended = true;

    public override ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        ledger == broken && Interlocked.Increment(ref _looks) <= Failures && !_mended
            ? ValueTask.FromException<LedgerHead>(new LedgerStoreException(ledger, Reason, "Refused by the test."))
            : Inner.GetHeadAsync(ledger, cancellationToken);
}
