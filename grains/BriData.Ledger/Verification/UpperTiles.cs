using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;

namespace BriData.Ledger.Verification;

/// <summary>Recomputes the tiles above level 0 from the roots of full bundles, and compares each with the source's.</summary>
internal sealed class UpperTiles(ILedgerSource source, CancellationToken cancellationToken)
{
    private readonly List<Hash256>[] _open = [.. Enumerable.Range(0, TileMath.MaxLevel + 1).Select(static _ => new List<Hash256>())];
    private readonly long[] _index = new long[TileMath.MaxLevel + 1];

    /// <summary>Adds the root of a full tile of the level below.</summary>
    /// <returns>What is wrong with a tile that is full now; null when nothing is.</returns>
    public async ValueTask<LedgerFinding?> AddAsync(Hash256 hash, int level = 1)
    {
        var tile = _open[level];
        tile.Add(hash);
        if (tile.Count < TileMath.Width)
        {
            return null;
        }

        var finding = await CompareAsync(level);
        var root = MerkleHash.Complete(Bytes(tile));
        tile.Clear();
        _index[level]++;
        return finding ?? await AddAsync(root, level + 1);
    }

    /// <summary>Compares the tiles that are still partial.</summary>
    public async ValueTask<LedgerFinding?> FinishAsync()
    {
        for (var level = 1; level < _open.Length; level++)
        {
            if (_open[level].Count > 0 && await CompareAsync(level) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private static byte[] Bytes(List<Hash256> hashes)
    {
        var bytes = new byte[hashes.Count * Hash256.ByteCount];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * Hash256.ByteCount));
        }

        return bytes;
    }

    private async ValueTask<LedgerFinding?> CompareAsync(int level)
    {
        var tile = _open[level];
        var computed = Bytes(tile);
        try
        {
            var stored = await BundleChecker<bool>.HashesAsync(source, level, _index[level], tile.Count, First(level, 0), cancellationToken);
            var same = stored.Span.CommonPrefixLength(computed) / Hash256.ByteCount;
            var path = TilePath.OfHashes(level, _index[level], tile.Count).ToString();
            return same == tile.Count
                ? null
                : new LedgerFinding(TreeCodes.TileChanged, First(level, same), path, $"Hash {same} of {path} is not that of the entries under it, which begin at {First(level, same)}.");
        }
        catch (SourceProblemException e)
        {
            return e.Finding;
        }
    }

    private long First(int level, int hash) => ((_index[level] << TileMath.Height) + hash) << (TileMath.Height * level);
}
