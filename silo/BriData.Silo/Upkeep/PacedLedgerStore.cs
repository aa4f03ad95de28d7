using System.Runtime.CompilerServices;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Silo.Upkeep;

/// <summary>A store that is read at a set pace.</summary>
/// <param name="inner">The store.</param>
/// <param name="pace">Awaited after so many entries.</param>
internal sealed class PacedLedgerStore(ILedgerStore inner, Func<int, CancellationToken, ValueTask> pace) : ILedgerStore
{
    private const int Piece = 256;

    public async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var read = 0;
        await foreach (var entry in inner.ReadAsync(ledger, from, to, cancellationToken))
        {
            yield return entry;
            if (++read == Piece)
            {
                read = 0;
                await pace(Piece, cancellationToken);
            }
        }

        await pace(read, cancellationToken);
    }

    public Task AppendAsync(LedgerBatch batch) => inner.AppendAsync(batch);

    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) => inner.GetHeadAsync(ledger, cancellationToken);

    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        inner.FindByKeyAsync(ledger, key, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
        inner.ReadTileAsync(ledger, level, index, cancellationToken);

    public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
}
