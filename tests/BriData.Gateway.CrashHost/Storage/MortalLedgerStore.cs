using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>Ledgers whose appends may be the process's last act.</summary>
internal sealed class MortalLedgerStore(ILedgerStore inner, MortalStorage storage) : ILedgerStore
{
    public async Task AppendAsync(LedgerBatch batch)
    {
        storage.Attempted.TryAdd(batch.NewHead, 0);
        await storage.WriteAsync(
            $"append {batch.Ledger} at {batch.ExpectedSize}",
            () => inner.AppendAsync(batch),
            () => new LedgerStoreException(batch.Ledger, LedgerStoreFailure.OutcomeUnknown, "The process is dead."));

        // Here the append counts as acknowledged: the grain goes on to tell its caller.
        storage.Acknowledged[batch.Ledger] = batch.NewHead;
    }

    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
        inner.GetHeadAsync(ledger, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(ledger, from, to, cancellationToken);

    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        inner.FindByKeyAsync(ledger, key, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
        inner.ReadTileAsync(ledger, level, index, cancellationToken);

    public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
}
