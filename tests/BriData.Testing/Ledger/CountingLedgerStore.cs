using System.Collections.Concurrent;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store and counts the reads.</summary>
public sealed class CountingLedgerStore(ILedgerStore inner) : PassingLedgerStore(inner)
{
    private readonly ConcurrentDictionary<LedgerId, long> _calls = new();
    private long _tiles;

    /// <summary>Calls of <see cref="ReadTileAsync"/>.</summary>
    public long Tiles => Interlocked.Read(ref _tiles);

    /// <summary>Reading calls for one ledger.</summary>
    public long CallsOf(LedgerId ledger) => _calls.GetValueOrDefault(ledger);

    public override ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default)
    {
        Count(ledger);
        return Inner.GetHeadAsync(ledger, cancellationToken);
    }

    public override IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default)
    {
        Count(ledger);
        return Inner.ReadAsync(ledger, from, to, cancellationToken);
    }

    public override ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        Count(ledger);
        return Inner.FindByKeyAsync(ledger, key, cancellationToken);
    }

    public override ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default)
    {
        Count(ledger);
        Interlocked.Increment(ref _tiles);
        return Inner.ReadTileAsync(ledger, level, index, cancellationToken);
    }

    private void Count(LedgerId ledger) => _calls.AddOrUpdate(ledger, 1, static (_, calls) => calls + 1);
}
