using System.Collections.Concurrent;
using System.Collections.Immutable;
using BriData.Ledger.Merkle;

namespace BriData.Ledger.Mirroring;

/// <summary>Copies bundles of entries whose leaf hashes are proved, and the documents that entries name.</summary>
internal sealed class MirrorEntries(ILedgerSource source, MirrorFolder target, long size, MirrorOptions options)
{
    private readonly ConcurrentDictionary<Hash256, byte> _documents = new();
    private long _done;

    /// <summary>Copies every bundle that holds an entry with an index in [from, size).</summary>
    /// <exception cref="MirrorProblemException">An entry is missing or has another hash, or a document is missing.</exception>
    public async Task CopyAsync(MirrorTiles tiles, long from, CancellationToken cancellationToken)
    {
        var first = from / TileMath.Width;
        _done = first * TileMath.Width;
        if (from == size)
        {
            return;
        }

        await Parallel.ForAsync(first, (size + TileMath.Width - 1) / TileMath.Width, MirrorTiles.Limit(options.Parallelism, cancellationToken), async (index, cancellation) =>
        {
            var path = TilePath.OfEntries(index, TileMath.WidthOf(0, index, size));
            var leaves = await tiles.LeavesAsync(index, cancellation);
            var entries = await BundleAsync(path, leaves, cancellation);
            for (var i = 0; i < entries.Length; i++)
            {
                await CopyDocumentsAsync((index * TileMath.Width) + i, entries[i], cancellation);
            }

            options.Progress?.Invoke(Interlocked.Add(ref _done, path.Width), size);
        });
    }

    private async Task<ImmutableArray<ReadOnlyMemory<byte>>> BundleAsync(TilePath path, ReadOnlyMemory<byte> leaves, CancellationToken cancellationToken)
    {
        var first = path.Index * TileMath.Width;
        if (await HeldAsync(path, leaves, cancellationToken) is { } held)
        {
            return held;
        }

        ImmutableArray<ReadOnlyMemory<byte>> entries;
        try
        {
            entries = await source.ReadEntriesAsync(path.Index, path.Width, cancellationToken)
                ?? throw new MirrorProblemException($"{source.Location} does not have {path}, which its checkpoint at size {size} needs.", first);
        }
        catch (FormatException e)
        {
            throw new MirrorProblemException(e.Message, first, e);
        }

        if (FirstOther(entries, leaves) is { } bad)
        {
            throw new MirrorProblemException($"Entry {first + bad} of {source.Location} does not have the hash that its tree says.", first + bad);
        }

        await target.WriteAsync(path.ToString(), Bundle(entries), cancellationToken);
        return entries;
    }

    private async Task<ImmutableArray<ReadOnlyMemory<byte>>?> HeldAsync(TilePath path, ReadOnlyMemory<byte> leaves, CancellationToken cancellationToken) =>
        await target.Source.ReadAsync(path.ToString(), cancellationToken) is { } bundle
        && EntryBundle.TryRead(bundle, out var entries)
        && entries.Length == path.Width
        && FirstOther(entries, leaves) is null
            ? entries
            : null;

    private async Task CopyDocumentsAsync(long index, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        IEnumerable<Hash256> named;
        try
        {
            named = options.DocumentsOf(entry);
        }
        catch (FormatException e)
        {
            throw new MirrorProblemException($"Entry {index} does not read: {e.Message}", index, e);
        }

        foreach (var digest in named)
        {
            if (_documents.TryAdd(digest, 0) && !await HasDocumentAsync(digest, cancellationToken))
            {
                var document = await DocumentAsync(index, digest, cancellationToken);
                await target.WriteAsync(LedgerPaths.Document(digest), document, cancellationToken);
            }
        }
    }

    private async Task<bool> HasDocumentAsync(Hash256 digest, CancellationToken cancellationToken) =>
        await target.Source.ReadAsync(LedgerPaths.Document(digest), cancellationToken) is { } held && Hash256.OfSha256(held.Span) == digest;

    private async Task<ReadOnlyMemory<byte>> DocumentAsync(long index, Hash256 digest, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadDocumentAsync(digest, cancellationToken)
                ?? throw new MirrorProblemException($"Entry {index} names the document {digest}, which {source.Location} does not have.", index);
        }
        catch (FormatException e)
        {
            throw new MirrorProblemException(e.Message, index, e);
        }
    }

    private static int? FirstOther(ImmutableArray<ReadOnlyMemory<byte>> entries, ReadOnlyMemory<byte> leaves)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (MerkleHash.Leaf(entries[i].Span) != Hash256.FromBytes(leaves.Span.Slice(i * Hash256.ByteCount, Hash256.ByteCount)))
            {
                return i;
            }
        }

        return null;
    }

    private static byte[] Bundle(ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new byte[entries.Sum(e => EntryBundle.PrefixBytes + e.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            EntryBundle.WritePrefix(bundle.AsSpan(at), entry.Length);
            entry.Span.CopyTo(bundle.AsSpan(at + EntryBundle.PrefixBytes));
            at += EntryBundle.PrefixBytes + entry.Length;
        }

        return bundle;
    }
}
