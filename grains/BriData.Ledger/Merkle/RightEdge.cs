using System.Numerics;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Merkle;

/// <summary>
/// The right edge of a tree: one hash per set bit of the size (the roots of its complete subtrees) and the last,
/// unfinished tile of every level above 0. Enough to append and to know the root. Not safe for concurrent use.
/// </summary>
internal sealed class RightEdge
{
    private readonly Hash256[] _subtrees = new Hash256[63];
    private readonly EdgeTile[] _tiles = new EdgeTile[TileMath.MaxLevel + 1];

    public long Size { get; private set; }

    /// <summary>Makes this edge equal to another.</summary>
    public void CopyFrom(RightEdge other)
    {
        Size = other.Size;
        Array.Copy(other._subtrees, _subtrees, BitLength(other.Size));
        for (var level = 1; level <= TileMath.MaxLevel; level++)
        {
            _tiles[level].CopyFrom(in other._tiles[level]);
        }
    }

    /// <summary>Sets the edge of a tree whose parts were read from storage.</summary>
    public void Restore(long size, Func<int, Hash256> subtree, Func<int, ReadOnlyMemory<byte>> tile)
    {
        Size = size;
        for (var bit = 0; bit < BitLength(size); bit++)
        {
            if ((size >> bit & 1) != 0)
            {
                _subtrees[bit] = subtree(bit);
            }
        }

        for (var level = 1; level <= TileMath.MaxLevel; level++)
        {
            _tiles[level].Set(TileMath.HashesAt(level, size) / TileMath.Width, tile(level).Span);
        }
    }

    /// <summary>Appends a leaf; a tile that becomes full is added to <paramref name="writes"/>.</summary>
    public void Append(Hash256 leaf, List<TileWrite> writes)
    {
        var hash = leaf;
        var bit = 0;
        for (; (Size >> bit & 1) != 0; bit++)
        {
            hash = MerkleHash.Node(_subtrees[bit], hash);
            if ((bit + 1) % TileMath.Height == 0)
            {
                AppendToTile((bit + 1) / TileMath.Height, hash, writes);
            }
        }

        _subtrees[bit] = hash;
        Size++;
    }

    /// <summary>Adds the tiles that were extended but not filled, and clears their marks.</summary>
    public void Flush(List<TileWrite> writes)
    {
        for (var level = 1; level <= TileMath.MaxLevel; level++)
        {
            _tiles[level].FlushTo(level, writes);
        }
    }

    /// <summary>RFC 6962 root: complete subtrees folded from the right.</summary>
    public Hash256 Root()
    {
        if (Size == 0)
        {
            return MerkleHash.EmptyRoot;
        }

        var bit = BitOperations.TrailingZeroCount(Size);
        var root = _subtrees[bit];
        for (bit++; bit < BitLength(Size); bit++)
        {
            if ((Size >> bit & 1) != 0)
            {
                root = MerkleHash.Node(_subtrees[bit], root);
            }
        }

        return root;
    }

    private static int BitLength(long size) => 64 - BitOperations.LeadingZeroCount((ulong)size);

    private void AppendToTile(int level, Hash256 hash, List<TileWrite> writes)
    {
        ref var tile = ref _tiles[level];
        if (tile.Append(hash))
        {
            tile.FlushTo(level, writes);
            tile.Next();
        }
    }
}
