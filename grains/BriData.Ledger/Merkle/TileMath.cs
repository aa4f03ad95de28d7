namespace BriData.Ledger.Merkle;

/// <summary>Arithmetic of tiles of height 8, C2SP tlog-tiles.</summary>
public static class TileMath
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = 256;

    /// <summary>Tree levels spanned by one tile level.</summary>
    public const int Height = 8;

    /// <summary>Highest tile level that a tree of at most 2^63 - 1 leaves can have.</summary>
    public const int MaxLevel = 7;

    /// <summary>Number of hashes that a tree of this size has at a tile level (over all tiles of the level).</summary>
    public static long HashesAt(int level, long size) => size >> (Height * level);

    /// <summary>Number of hashes in one tile of a tree of this size: 0 (absent) to 256.</summary>
    public static int WidthOf(int level, long index, long size) =>
        index > long.MaxValue >> Height ? 0 : (int)Math.Clamp(HashesAt(level, size) - (index << Height), 0, Width);
}
