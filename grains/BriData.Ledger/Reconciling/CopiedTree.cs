using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Verification;

namespace BriData.Ledger.Reconciling;

/// <summary>
/// The tree of one copy of a ledger, read from its tiles downwards from the signed root. No hash is used that does not follow
/// from the root, so that two copies may be compared by hashes alone.
/// </summary>
internal sealed class CopiedTree(ILedgerSource source, Checkpoint head, CancellationToken cancellationToken)
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _edge = [];
    private (long Index, IReadOnlyList<ReadOnlyMemory<byte>> Entries)? _lastBundle;

    public long Size => head.Size;

    /// <summary>True once something of this copy was found to be wrong.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Checks that the tiles at the right edge hash to the signed root.</summary>
    /// <exception cref="SourceProblemException">They do not, or one is missing.</exception>
    public async Task CheckEdgeAsync()
    {
        var roots = new RootAccumulator();
        for (var level = TileMath.MaxLevel; level >= 0; level--)
        {
            var (index, width) = EdgeOf(level);
            if (width == 0)
            {
                continue;
            }

            var tile = await HashesAsync(level, index, width, index << (TileMath.Height * (level + 1)));
            _edge[(level, index)] = tile;
            for (var i = 0; i < width; i++)
            {
                roots.AddSubtree(Hash(tile, i), TileMath.Height * level);
            }
        }

        if (roots.Root() != head.Root)
        {
            throw SourceProblemException.Of(TreeCodes.RootDiffers, null, LedgerPaths.Checkpoint, $"The tiles at the right edge of {source.Location} hash to {roots.Root()}, its checkpoint says {head.Root}.");
        }
    }

    /// <summary>The hashes of a tile at the right edge of a level; empty when it has none.</summary>
    public ReadOnlyMemory<byte> Edge(int level) => _edge.GetValueOrDefault((level, EdgeOf(level).Index));

    /// <summary>The hashes of a full tile, which must fold to the hash that the level above has for it.</summary>
    /// <exception cref="SourceProblemException">They do not, or it is missing.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> FullAsync(int level, long index, Hash256 expected)
    {
        var first = index << (TileMath.Height * (level + 1));
        var tile = await HashesAsync(level, index, TileMath.Width, first);
        return MerkleHash.Complete(tile.Span) == expected
            ? tile
            : throw Failed(TreeCodes.TileChanged, first, TilePath.OfHashes(level, index).ToString(), $"{TilePath.OfHashes(level, index)} of {source.Location} does not hash to what the tile above it has for it.");
    }

    /// <summary>An entry, whose hash must be the leaf's.</summary>
    /// <exception cref="SourceProblemException">It is not, or it is missing.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> EntryAsync(long index, Hash256 leaf)
    {
        var path = TilePath.OfEntries(index / TileMath.Width, TileMath.WidthOf(0, index / TileMath.Width, head.Size)).ToString();
        var entry = (await BundleAsync(index, path))[(int)(index % TileMath.Width)];
        return MerkleHash.Leaf(entry.Span) == leaf
            ? entry
            : throw Failed(TreeCodes.EntryChanged, index, path, $"Entry {index} of {source.Location} does not have the hash that the tree has for it.");
    }

    public static Hash256 Hash(ReadOnlyMemory<byte> tile, int i) => Hash256.FromBytes(tile.Span.Slice(i * Hash256.ByteCount, Hash256.ByteCount));

    // Differences come in runs: the last bundle is mostly the one that is needed next.
    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> BundleAsync(long index, string path)
    {
        var bundle = index / TileMath.Width;
        if (_lastBundle is { } last && last.Index == bundle)
        {
            return last.Entries;
        }

        try
        {
            IReadOnlyList<ReadOnlyMemory<byte>> entries = await source.ReadEntriesAsync(bundle, TileMath.WidthOf(0, bundle, head.Size), cancellationToken)
                ?? throw Failed(TreeCodes.BundleMissing, index, path, $"{path} of {source.Location} is missing.");
            _lastBundle = (bundle, entries);
            return entries;
        }
        catch (FormatException e)
        {
            throw Failed(TreeCodes.BundleMalformed, index, path, e.Message);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> HashesAsync(int level, long index, int width, long first)
    {
        try
        {
            return await BundleChecker<bool>.HashesAsync(source, level, index, width, first, cancellationToken);
        }
        catch (SourceProblemException)
        {
            HasFailed = true;
            throw;
        }
    }

    private SourceProblemException Failed(string code, long index, string path, string message)
    {
        HasFailed = true;
        return SourceProblemException.Of(code, index, path, message);
    }

    /// <summary>Where the hashes of a level lie that are under no full tile.</summary>
    private (long Index, int Width) EdgeOf(int level)
    {
        var count = TileMath.HashesAt(level, head.Size);
        return (count / TileMath.Width, (int)(count % TileMath.Width));
    }
}
