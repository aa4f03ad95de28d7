using BriData.Ledger.Canonical;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;

namespace BriData.Ledger.Verification;

/// <summary>Reads and hashes single bundles; several at a time.</summary>
internal sealed class BundleChecker<T>(ILedgerSource source, IEntryReader<T> reader, bool canonicalEntries)
{
    /// <summary>Reads a bundle and its tile, and hashes the entries.</summary>
    /// <exception cref="SourceProblemException">One of the two is missing or malformed.</exception>
    public async Task<CheckedBundle<T>> CheckAsync(long index, int width, CancellationToken cancellationToken)
    {
        var first = index * TileMath.Width;
        var bodies = await EntriesAsync(index, width, cancellationToken);
        var stored = await HashesAsync(source, 0, index, width, first, cancellationToken);
        var hashes = new byte[width * Hash256.ByteCount];
        var entries = new T[width];
        LedgerFinding? problem = null;
        for (var i = 0; i < width; i++)
        {
            var body = bodies[i];
            MerkleHash.Leaf(body.Span).CopyTo(hashes.AsSpan(i * Hash256.ByteCount));
            entries[i] = reader.Read(body);
            if (problem is null && canonicalEntries && !reader.ShowsForm(entries[i]) && !CanonicalScanner.IsCanonical(body.Span))
            {
                problem = new LedgerFinding(TreeCodes.EntryNotCanonical, first + i, TilePath.OfEntries(index, width).ToString(), $"Entry {first + i} is not canonical JSON.");
            }
        }

        var subtree = width == TileMath.Width ? MerkleHash.Complete(hashes) : default;
        return new CheckedBundle<T>(first, width, hashes, stored, subtree, entries, problem);
    }

    /// <summary>The hashes of a tile.</summary>
    /// <exception cref="SourceProblemException">It is missing or malformed.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> HashesAsync(ILedgerSource source, int level, long index, int width, long first, CancellationToken cancellationToken)
    {
        var path = TilePath.OfHashes(level, index, width).ToString();
        try
        {
            return await source.ReadHashesAsync(level, index, width, cancellationToken)
                ?? throw SourceProblemException.Of(TreeCodes.TileMissing, first, path, $"{path} is missing.");
        }
        catch (FormatException e)
        {
            throw SourceProblemException.Of(TreeCodes.TileMalformed, first, path, e.Message);
        }
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> EntriesAsync(long index, int width, CancellationToken cancellationToken)
    {
        var path = TilePath.OfEntries(index, width).ToString();
        var first = index * TileMath.Width;
        try
        {
            return await source.ReadEntriesAsync(index, width, cancellationToken)
                ?? throw SourceProblemException.Of(TreeCodes.BundleMissing, first, path, $"{path} is missing.");
        }
        catch (FormatException e)
        {
            throw SourceProblemException.Of(TreeCodes.BundleMalformed, first, path, e.Message);
        }
    }
}
