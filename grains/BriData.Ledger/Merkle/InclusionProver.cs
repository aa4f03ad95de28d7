using System.Collections.Immutable;
using System.Numerics;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Merkle;

/// <summary>
/// Makes many inclusion proofs (RFC 6962 section 2.1.1) for one size of a ledger. Tiles are read and hashed once while proofs stay
/// near each other, in bounded memory; the right edge, which all proofs share, is computed once. Not safe for concurrent use.
/// </summary>
public sealed class InclusionProver
{
    /// <summary>Each takes about 16 KiB.</summary>
    private const int MaxTiles = 64;

    private readonly ILedgerStore _store;
    private readonly LedgerId _ledger;
    private readonly long _size;
    private readonly Dictionary<(int Level, long Index), Hash256[][]> _tiles = [];
    private readonly Queue<(int Level, long Index)> _order = new();
    private readonly Dictionary<long, Hash256> _edge = [];

    /// <param name="store">Holds the ledger.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="size">The size all proofs are for; not beyond the head.</param>
    public InclusionProver(ILedgerStore store, LedgerId ledger, long size)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (_store, _ledger, _size) = (store, ledger, size);
    }

    /// <summary>From the leaf's sibling up to the child of the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ index &lt; size.</exception>
    /// <exception cref="LedgerStoreException">Corrupt: a tile that a tree of this size has is missing.</exception>
    public async ValueTask<ImmutableArray<Hash256>> PathAsync(long index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _size);
        var path = new List<Hash256>();
        for (var (from, to) = (0L, _size); to - from > 1;)
        {
            var middle = from + TileReader.LargestPowerOfTwoBelow(to - from);
            if (index < middle)
            {
                path.Add(await RangeAsync(middle, to, cancellationToken));
                to = middle;
            }
            else
            {
                path.Add(await RangeAsync(from, middle, cancellationToken));
                from = middle;
            }
        }

        path.Reverse();
        return [.. path];
    }

    private async ValueTask<Hash256> RangeAsync(long from, long to, CancellationToken cancellationToken)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count))
        {
            return await CompleteAsync(BitOperations.TrailingZeroCount(count), from, cancellationToken);
        }

        // Only the last range of the tree is incomplete, so its start names it.
        if (!_edge.TryGetValue(from, out var hash))
        {
            var middle = from + TileReader.LargestPowerOfTwoBelow(count);
            hash = MerkleHash.Node(await RangeAsync(from, middle, cancellationToken), await RangeAsync(middle, to, cancellationToken));
            _edge.Add(from, hash);
        }

        return hash;
    }

    private async ValueTask<Hash256> CompleteAsync(int height, long start, CancellationToken cancellationToken)
    {
        var level = height / TileMath.Height;
        var row = height % TileMath.Height;
        var first = start >> (level * TileMath.Height);
        var rows = await TileAsync(level, first / TileMath.Width, cancellationToken);
        return rows[row][(int)(first % TileMath.Width) >> row];
    }

    /// <summary>A tile's hashes and, row by row, those of the complete subtrees above them within the tile.</summary>
    private async ValueTask<Hash256[][]> TileAsync(int level, long index, CancellationToken cancellationToken)
    {
        if (_tiles.TryGetValue((level, index), out var known))
        {
            return known;
        }

        var width = TileMath.WidthOf(level, index, _size);
        var tile = await _store.ReadTileAsync(_ledger, level, index, cancellationToken);
        if (tile.Length < width * Hash256.ByteCount)
        {
            throw new LedgerStoreException(_ledger, LedgerStoreFailure.Corrupt, $"Tile {level}/{index} has {tile.Length} bytes where {width} hashes are needed.");
        }

        if (_order.Count == MaxTiles)
        {
            _tiles.Remove(_order.Dequeue());
        }

        _order.Enqueue((level, index));
        return _tiles[(level, index)] = Rows(tile.Span, width);
    }

    private static Hash256[][] Rows(ReadOnlySpan<byte> tile, int width)
    {
        var rows = new Hash256[TileMath.Height][];
        rows[0] = new Hash256[width];
        for (var i = 0; i < width; i++)
        {
            rows[0][i] = Hash256.FromBytes(tile.Slice(i * Hash256.ByteCount, Hash256.ByteCount));
        }

        for (var row = 1; row < rows.Length; row++)
        {
            var below = rows[row - 1];
            rows[row] = new Hash256[below.Length / 2];
            for (var i = 0; i < rows[row].Length; i++)
            {
                rows[row][i] = MerkleHash.Node(below[2 * i], below[(2 * i) + 1]);
            }
        }

        return rows;
    }
}
