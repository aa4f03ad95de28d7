using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BriData.Ledger.Merkle;

namespace BriData.Ledger.Storage;

/// <summary>Ledgers in this process's memory, for tests and trials. Nothing outlives the object.</summary>
public sealed class InMemoryLedgerStore : ILedgerStore
{
    private readonly ConcurrentDictionary<LedgerId, InMemoryLedger> _ledgers = new();
    private readonly Lock _append = new();

    /// <inheritdoc/>
    public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) => new(Find(ledger).Head);

    /// <inheritdoc/>
    public Task AppendAsync(LedgerBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        LedgerBatchRules.Check(batch);
        try
        {
            lock (_append)
            {
                _ledgers[batch.Ledger] = Find(batch.Ledger).Append(batch);
            }

            return Task.CompletedTask;
        }
        catch (LedgerStoreException e)
        {
            return Task.FromException(e);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        await Task.CompletedTask;
        var found = Find(ledger);
        for (var index = from; index < Math.Min(to, found.Head.Size); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found.Entries[(int)index];
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        new(Find(ledger).Keys.TryGetValue(Hash256.FromBytes(key.Span), out var index) ? index : null);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var found = Find(ledger);
        if (level > 0)
        {
            return new(found.Tiles.GetValueOrDefault((level, index)));
        }

        var hashes = new byte[TileMath.WidthOf(0, index, found.Head.Size) * Hash256.ByteCount];
        for (var i = 0; i < hashes.Length / Hash256.ByteCount; i++)
        {
            found.Entries[(int)(index * TileMath.Width) + i].LeafHash.CopyTo(hashes.AsSpan(i * Hash256.ByteCount));
        }

        return new(hashes);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerHead> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var ledger in _ledgers.Values.OrderBy(static l => l.Head.Ledger.Value, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ledger.Head;
        }
    }

    private InMemoryLedger Find(LedgerId ledger) => _ledgers.TryGetValue(ledger, out var found) ? found : InMemoryLedger.Empty(ledger);
}
