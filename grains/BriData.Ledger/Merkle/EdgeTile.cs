using BriData.Ledger.Storage;

namespace BriData.Ledger.Merkle;

/// <summary>The unfinished tile at the right edge of one level.</summary>
internal struct EdgeTile
{
    private byte[]? _hashes;
    private long _index;
    private int _count;
    private bool _dirty;

    /// <summary>Adds a hash; true when the tile is now full.</summary>
    public bool Append(Hash256 hash)
    {
        _hashes ??= new byte[TileMath.Width * Hash256.ByteCount];
        hash.CopyTo(_hashes.AsSpan(_count * Hash256.ByteCount));
        _count++;
        _dirty = true;
        return _count == TileMath.Width;
    }

    /// <summary>Adds the tile's content to the writes if it changed since the last flush.</summary>
    public void FlushTo(int level, List<TileWrite> writes)
    {
        if (_dirty)
        {
            writes.Add(new TileWrite(level, _index, Content().ToArray()));
            _dirty = false;
        }
    }

    /// <summary>Moves on to the following, empty tile.</summary>
    public void Next()
    {
        _index++;
        _count = 0;
    }

    public void Set(long index, ReadOnlySpan<byte> hashes)
    {
        _index = index;
        _count = hashes.Length / Hash256.ByteCount;
        _dirty = false;
        if (_count > 0)
        {
            _hashes ??= new byte[TileMath.Width * Hash256.ByteCount];
            hashes.CopyTo(_hashes);
        }
    }

    /// <summary>Copies a tile that has been flushed.</summary>
    public void CopyFrom(in EdgeTile other) => Set(other._index, other.Content());

    private readonly ReadOnlySpan<byte> Content() => _hashes.AsSpan(0, _count * Hash256.ByteCount);
}
