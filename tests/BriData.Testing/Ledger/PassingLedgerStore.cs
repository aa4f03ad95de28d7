using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store; what a test wants otherwise it overrides.</summary>
/// <param name="inner">The store.</param>
public abstract class PassingLedgerStore(ILedgerStore inner) : ILedgerStore
{
    /// <summary>The store that everything is passed to.</summary>
    protected ILedgerStore Inner => inner;

    public virtual Task AppendAsync(LedgerBatch batch) => inner.AppendAsync(batch);

    public virtual ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        inner.GetHeadAsync(ledger, cancellationToken);

    public virtual IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(ledger, from, to, cancellationToken);

    public virtual ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        inner.FindByKeyAsync(ledger, key, cancellationToken);

    public virtual ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
        inner.ReadTileAsync(ledger, level, index, cancellationToken);

    public virtual IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
}
