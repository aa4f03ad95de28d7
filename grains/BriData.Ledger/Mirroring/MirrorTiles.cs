using System.Collections.Concurrent;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Mirroring;

/// <summary>
/// The tiles that lead from one size of a ledger to a larger one, each proved against the larger tree's root before it is
/// used: the unfinished tiles at the right edge give the root, and every full tile is the hash that stands in the tile above.
/// </summary>
internal sealed class MirrorTiles(ILedgerSource source, MirrorFolder target, Checkpoint head, long from, int parallelism)
{
    private readonly ConcurrentDictionary<(int Level, long Index), ReadOnlyMemory<byte>> _proved = new();
    private readonly ConcurrentQueue<(TilePath Path, ReadOnlyMemory<byte> Hashes)> _unwritten = new();

    /// <summary>Reads and proves the edge and every new tile above level 0.</summary>
    /// <exception cref="MirrorProblemException">A tile is missing, or is not that of the root.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!await TryEdgeAsync(target.Source, cancellationToken) && !await TryEdgeAsync(source, cancellationToken))
        {
            throw new MirrorProblemException($"The tiles of {source.Location} do not hash to the root of its checkpoint at size {head.Size}.");
        }

        for (var level = TileMath.MaxLevel; level > 0; level--)
        {
            var first = TileMath.HashesAt(level, from) / TileMath.Width;
            var end = TileMath.HashesAt(level, head.Size) / TileMath.Width;
            await Parallel.ForAsync(first, end, Limit(parallelism, cancellationToken), async (index, cancellation) =>
            {
                var path = TilePath.OfHashes(level, index);
                var (hashes, isNew) = await FullAsync(path, cancellation);
                Keep(path, hashes, isNew);
            });
        }
    }

    /// <summary>Root of the tree at an earlier size, at or after the one these tiles lead on from.</summary>
    public async Task<Hash256> RootAtAsync(long size, CancellationToken cancellationToken)
    {
        var reader = new TileReader(
            async (level, index) => _proved.TryGetValue((level, index), out var known) ? known : (await FullAsync(TilePath.OfHashes(level, index), cancellationToken)).Hashes,
            static problem => new MirrorProblemException(problem));
        return await reader.RootAsync(size);
    }

    /// <summary>Proved leaf hashes of a bundle; written into the folder unless they are there.</summary>
    public async Task<ReadOnlyMemory<byte>> LeavesAsync(long index, CancellationToken cancellationToken)
    {
        if (_proved.TryGetValue((0, index), out var known))
        {
            return known;
        }

        var path = TilePath.OfHashes(0, index);
        var (hashes, isNew) = await FullAsync(path, cancellationToken);
        if (isNew)
        {
            await target.WriteAsync(path.ToString(), hashes, cancellationToken);
        }

        return hashes;
    }

    /// <summary>Writes the tiles that <see cref="LoadAsync"/> has brought.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (_unwritten.TryDequeue(out var tile))
        {
            await target.WriteAsync(tile.Path.ToString(), tile.Hashes, cancellationToken);
        }
    }

    public static ParallelOptions Limit(int parallelism, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };

    private void Keep(TilePath path, ReadOnlyMemory<byte> hashes, bool isNew)
    {
        _proved[(path.Level!.Value, path.Index)] = hashes;
        if (isNew)
        {
            _unwritten.Enqueue((path, hashes));
        }
    }

    // The unfinished tiles prove each other only together, by the root.
    private async Task<bool> TryEdgeAsync(ILedgerSource from, CancellationToken cancellationToken)
    {
        var edge = new Dictionary<(int, long), ReadOnlyMemory<byte>>();
        for (var level = 0; level <= TileMath.MaxLevel; level++)
        {
            var hashes = TileMath.HashesAt(level, head.Size);
            if ((int)(hashes % TileMath.Width) is var width and > 0)
            {
                if (await ReadAsync(from, level, hashes / TileMath.Width, width, cancellationToken) is not { } tile)
                {
                    return from == source ? throw Missing(TilePath.OfHashes(level, hashes / TileMath.Width, width)) : false;
                }

                edge.Add((level, hashes / TileMath.Width), tile);
            }
        }

        var reader = new TileReader(
            (level, index) => ValueTask.FromResult(edge.GetValueOrDefault((level, index))), static problem => new MirrorProblemException(problem));
        if (await reader.RootAsync(head.Size) != head.Root)
        {
            return false;
        }

        foreach (var ((level, index), hashes) in edge)
        {
            Keep(TilePath.OfHashes(level, index, hashes.Length / Hash256.ByteCount), hashes, from == source);
        }

        return true;
    }

    private async Task<(ReadOnlyMemory<byte> Hashes, bool IsNew)> FullAsync(TilePath path, CancellationToken cancellationToken)
    {
        var (level, index) = (path.Level!.Value, path.Index);
        var above = _proved[(level + 1, index / TileMath.Width)];
        var expected = Hash256.FromBytes(above.Span.Slice((int)(index % TileMath.Width) * Hash256.ByteCount, Hash256.ByteCount));
        if (await ReadAsync(target.Source, level, index, TileMath.Width, cancellationToken) is { } held && MerkleHash.Complete(held.Span) == expected)
        {
            return (held, false);
        }

        var offered = await ReadAsync(source, level, index, TileMath.Width, cancellationToken) ?? throw Missing(path);
        return MerkleHash.Complete(offered.Span) == expected
            ? (offered, true)
            : throw new MirrorProblemException($"{path} of {source.Location} does not hash to what the tile above says.", FirstUnder(path));
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(ILedgerSource where, int level, long index, int width, CancellationToken cancellationToken)
    {
        try
        {
            return await where.ReadHashesAsync(level, index, width, cancellationToken);
        }
        catch (FormatException e)
        {
            // A damaged file of the folder's own is fetched again.
            return where == source ? throw new MirrorProblemException(e.Message, FirstUnder(TilePath.OfHashes(level, index)), e) : null;
        }
    }

    private MirrorProblemException Missing(TilePath path) =>
        new($"{source.Location} does not have {path}, which its checkpoint at size {head.Size} needs.", FirstUnder(path));

    private static long FirstUnder(TilePath path) => path.Index << (TileMath.Height * (path.Level!.Value + 1));
}
