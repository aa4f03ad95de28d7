using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store, except that one ledger cannot be read, as often as a test says.</summary>
/// <param name="inner">The store.</param>
/// <param name="broken">The ledger that is damaged.</param>
public sealed class BrokenLedgerStore(ILedgerStore inner, LedgerId broken) : ILedgerStore
{
    private int _failures;

    /// <summary>How many looks at its head fail; every one unless told otherwise.</summary>
    public int Failures { get; init; } = int.MaxValue;

    public Task AppendAsync(LedgerBatch batch) => inner.AppendAsync(batch);

    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        ledger == broken && Interlocked.Increment(ref _failures) <= Failures
            ? ValueTask.FromException<LedgerHead>(new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, "Damaged by the test."))
            : inner.GetHeadAsync(ledger, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(ledger, from, to, cancellationToken);

    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        inner.FindByKeyAsync(ledger, key, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
        inner.ReadTileAsync(ledger, level, index, cancellationToken);

    public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
}
