using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BriData.Ledger.Merkle;

namespace BriData.Ledger.Mirroring;

/// <summary>
/// The address of a tile of hashes or of a bundle of entries, C2SP tlog-tiles: <c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>
/// or <c>tile/entries/&lt;N&gt;[.p/&lt;W&gt;]</c>. Every address has exactly one spelling.
/// </summary>
public readonly record struct TilePath
{
    /// <summary>Highest level the format can name; no tree reaches it (<see cref="TileMath.MaxLevel"/>).</summary>
    public const int MaxNamedLevel = 63;

    private const string Prefix = "tile/";
    private const string EntriesLevel = "entries";
    private const string PartialMark = ".p/";
    private const int GroupDigits = 3;

    private TilePath(int? level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TileMath.Width);
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>Level of the tile, or null for a bundle of entries.</summary>
    public int? Level { get; }

    /// <summary>Index of the tile within its level, or of the bundle.</summary>
    public long Index { get; }

    /// <summary>Hashes or entries: 1 to 255 in a partial one, 256 in a full one.</summary>
    public int Width { get; }

    public bool IsFull => Width == TileMath.Width;

    /// <summary>A full tile has the same address whatever its partial forms were.</summary>
    public TilePath Full => new(Level, Index, TileMath.Width);

    /// <exception cref="ArgumentOutOfRangeException">Level not 0 to 63, negative index, or width not 1 to 256.</exception>
    public static TilePath OfHashes(int level, long index, int width = TileMath.Width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxNamedLevel);
        return new TilePath(level, index, width);
    }

    /// <exception cref="ArgumentOutOfRangeException">Negative index, or width not 1 to 256.</exception>
    public static TilePath OfEntries(long index, int width = TileMath.Width) => new(null, index, width);

    /// <summary>Reads a path strictly.</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out TilePath tile)
    {
        tile = default;
        if (path?.StartsWith(Prefix, StringComparison.Ordinal) is not true)
        {
            return false;
        }

        var slash = path.IndexOf('/', Prefix.Length);
        if (slash < 0 || !TryLevel(path.AsSpan(Prefix.Length, slash - Prefix.Length), out var level))
        {
            return false;
        }

        var rest = path.AsSpan(slash + 1);
        var width = TileMath.Width;
        if (rest.IndexOf(PartialMark, StringComparison.Ordinal) is >= 0 and var mark)
        {
            if (!TryNumber(rest[(mark + PartialMark.Length)..], TileMath.Width - 1, out width) || width == 0)
            {
                return false;
            }

            rest = rest[..mark];
        }

        if (!TryIndex(rest, out var index))
        {
            return false;
        }

        tile = new TilePath(level, index, width);
        return tile.ToString() == path;
    }

    /// <summary>How many hashes or entries a tree of this size has here: 0 (absent) to 256.</summary>
    public int WidthAt(long size) => (Level ?? 0) > TileMath.MaxLevel ? 0 : TileMath.WidthOf(Level ?? 0, Index, size);

    public override string ToString()
    {
        var level = Level?.ToString(CultureInfo.InvariantCulture) ?? EntriesLevel;
        var number = (Index % 1000).ToString("d3", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            number = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:d3}/{number}");
        }

        return IsFull || Width == 0
            ? $"{Prefix}{level}/{number}"
            : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{level}/{number}{PartialMark}{Width}");
    }

    private static bool TryLevel(ReadOnlySpan<char> text, out int? level)
    {
        level = null;
        if (text.SequenceEqual(EntriesLevel))
        {
            return true;
        }

        var ok = TryNumber(text, MaxNamedLevel, out var number);
        level = number;
        return ok;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    private static bool TryIndex(ReadOnlySpan<char> text, out long index)
    {
        index = 0;
        foreach (var range in text.Split('/'))
        {
            var group = text[range];
            var last = range.End.GetOffset(text.Length) == text.Length;
            if (!last)
            {
                if (group is not ['x', ..])
                {
                    return false;
                }

                group = group[1..];
            }

            if (group.Length != GroupDigits
                || !int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
                || index > (long.MaxValue - digits) / 1000)
            {
                return false;
            }

            index = (index * 1000) + digits;
        }

        return true;
    }
}
