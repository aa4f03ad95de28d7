using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Verification;

/// <summary>Recomputes every tile from leaf hashes and compares it with the stored one.</summary>
internal sealed class TileChecker(ILedgerStore store, LedgerId ledger, CancellationToken cancellationToken)
{
    private readonly List<Hash256>[] _open = [.. Enumerable.Range(0, TileMath.MaxLevel + 1).Select(static _ => new List<Hash256>())];
    private readonly long[] _index = new long[TileMath.MaxLevel + 1];

    public async Task AddAsync(Hash256 hash, int level = 0)
    {
        var tile = _open[level];
        tile.Add(hash);
        if (tile.Count == TileMath.Width)
        {
            await CompareAsync(level);
            var root = Fold(tile);
            tile.Clear();
            _index[level]++;
            await AddAsync(root, level + 1);
        }
    }

    /// <summary>Compares the tiles that are still partial.</summary>
    public async Task FinishAsync()
    {
        for (var level = 0; level < _open.Length; level++)
        {
            if (_open[level].Count > 0)
            {
                await CompareAsync(level);
            }
        }
    }

    private static Hash256 Fold(List<Hash256> hashes)
    {
        var row = hashes.ToArray();
        for (var count = row.Length; count > 1; count /= 2)
        {
            for (var i = 0; i < count; i += 2)
            {
                row[i / 2] = MerkleHash.Node(row[i], row[i + 1]);
            }
        }

        return row[0];
    }

    private async Task CompareAsync(int level)
    {
        var stored = await store.ReadTileAsync(ledger, level, _index[level], cancellationToken);
        for (var i = 0; i < _open[level].Count; i++)
        {
            // A longer tile is no fault: the ledger may have grown since the head was read.
            var offset = i * Hash256.ByteCount;
            if (stored.Length < offset + Hash256.ByteCount || Hash256.FromBytes(stored.Span.Slice(offset, Hash256.ByteCount)) != _open[level][i])
            {
                var first = ((_index[level] << TileMath.Height) + i) << (TileMath.Height * level);
                throw new LedgerProblemException(first, $"Hash {i} of tile {level}/{_index[level]} is not that of the entries under it.");
            }
        }
    }
}
