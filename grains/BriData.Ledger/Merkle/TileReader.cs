using System.Numerics;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Merkle;

/// <summary>
/// Reads subtree hashes of one ledger from its tiles, each tile at most once. For one proof or one load; short-lived.
/// </summary>
/// <param name="read">Reads a tile by level and index; empty when it is not there.</param>
/// <param name="damaged">The exception that says what is wrong with a tile.</param>
internal sealed class TileReader(Func<int, long, ValueTask<ReadOnlyMemory<byte>>> read, Func<string, Exception> damaged)
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _tiles = [];

    public TileReader(ILedgerStore store, LedgerId ledger, CancellationToken cancellationToken)
        : this(
            (level, index) => store.ReadTileAsync(ledger, level, index, cancellationToken),
            problem => new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, problem))
    {
    }

    /// <summary>Root of the tree over the first <paramref name="size"/> entries.</summary>
    public async ValueTask<Hash256> RootAsync(long size) => size == 0 ? MerkleHash.EmptyRoot : await RangeAsync(0, size);

    /// <summary>MTH(D[from:to]) of RFC 6962, where the range lies in a committed tree and starts at a subtree's edge.</summary>
    public async ValueTask<Hash256> RangeAsync(long from, long to)
    {
        var size = to - from;
        if (BitOperations.IsPow2(size))
        {
            return await CompleteAsync(BitOperations.TrailingZeroCount(size), from);
        }

        var split = LargestPowerOfTwoBelow(size);
        var left = await RangeAsync(from, from + split);
        return MerkleHash.Node(left, await RangeAsync(from + split, to));
    }

    /// <summary>Root of the complete subtree of 2^<paramref name="height"/> leaves starting at a leaf index.</summary>
    public async ValueTask<Hash256> CompleteAsync(int height, long start)
    {
        var level = height / TileMath.Height;
        var first = start >> (level * TileMath.Height);
        var count = 1 << (height % TileMath.Height);
        var offset = (int)(first % TileMath.Width);
        var tile = await TileAsync(level, first / TileMath.Width, offset + count);
        return MerkleHash.Complete(tile.Span.Slice(offset * Hash256.ByteCount, count * Hash256.ByteCount));
    }

    /// <summary>The first <paramref name="width"/> hashes of a tile.</summary>
    /// <exception cref="Exception">The stored tile is shorter.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> TileAsync(int level, long index, int width)
    {
        if (!_tiles.TryGetValue((level, index), out var tile))
        {
            tile = await read(level, index);
            _tiles.Add((level, index), tile);
        }

        return tile.Length >= width * Hash256.ByteCount
            ? tile[..(width * Hash256.ByteCount)]
            : throw damaged($"Tile {level}/{index} has {tile.Length} bytes where {width} hashes are needed.");
    }

    /// <summary>The k of RFC 6962: largest power of two smaller than <paramref name="size"/> (at least 2).</summary>
    public static long LargestPowerOfTwoBelow(long size) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(size - 1)));
}
