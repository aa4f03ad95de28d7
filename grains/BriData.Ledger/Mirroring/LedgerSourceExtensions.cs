using System.Collections.Immutable;
using System.Text;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;

namespace BriData.Ledger.Mirroring;

/// <summary>Reads resources in their own types.</summary>
public static class LedgerSourceExtensions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>The signed note of a checkpoint, unverified (<see cref="Checkpoint.Open"/>); null when it is not there.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path"><see cref="LedgerPaths.Checkpoint"/> or <see cref="LedgerPaths.WitnessedCheckpoint"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FormatException">It is not UTF-8.</exception>
    /// <exception cref="LedgerSourceException">It cannot be read.</exception>
    public static async ValueTask<string?> ReadNoteAsync(this ILedgerSource source, string path = LedgerPaths.Checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            return await source.ReadAsync(path, cancellationToken) is { } note ? StrictUtf8.GetString(note.Span) : null;
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException($"The {path} is not UTF-8.", e);
        }
    }

    /// <summary>
    /// The first <paramref name="width"/> hashes of a tile, from the partial tile of that width or the full one; null when
    /// neither is there.
    /// </summary>
    /// <exception cref="FormatException">It has another length than its path says.</exception>
    /// <exception cref="LedgerSourceException">It cannot be read.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadHashesAsync(
        this ILedgerSource source, int level, long index, int width = TileMath.Width, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var path = TilePath.OfHashes(level, index, width);
        var (hashes, from) = await source.ReadEitherAsync(path, cancellationToken);
        if (hashes is null)
        {
            return null;
        }

        return hashes.Value.Length == from.Width * Hash256.ByteCount
            ? hashes.Value[..(width * Hash256.ByteCount)]
            : throw new FormatException($"{from} has {hashes.Value.Length} bytes, not {from.Width * Hash256.ByteCount}.");
    }

    /// <summary>
    /// The first <paramref name="width"/> entries of a bundle, from the partial bundle of that width or the full one; null
    /// when neither is there.
    /// </summary>
    /// <exception cref="FormatException">It breaks off, or has another number of entries than its path says.</exception>
    /// <exception cref="LedgerSourceException">It cannot be read.</exception>
    public static async ValueTask<ImmutableArray<ReadOnlyMemory<byte>>?> ReadEntriesAsync(
        this ILedgerSource source, long index, int width = TileMath.Width, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var path = TilePath.OfEntries(index, width);
        var (bundle, from) = await source.ReadEitherAsync(path, cancellationToken);
        if (bundle is null)
        {
            return null;
        }

        return EntryBundle.TryRead(bundle.Value, out var entries) && entries.Length == from.Width
            ? entries[..width]
            : throw new FormatException($"{from} is not a bundle of {from.Width} entries.");
    }

    /// <summary>A document, whose hash is checked; null when it is not there.</summary>
    /// <exception cref="FormatException">It does not have the digest.</exception>
    /// <exception cref="LedgerSourceException">It cannot be read.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadDocumentAsync(this ILedgerSource source, Hash256 digest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var document = await source.ReadAsync(LedgerPaths.Document(digest), cancellationToken);
        return document is null || Hash256.OfSha256(document.Value.Span) == digest
            ? document
            : throw new FormatException($"The document {digest} does not have this SHA-256.");
    }

    // A log may drop a partial tile once the full one is there (tlog-tiles, "Partial Tiles").
    private static async ValueTask<(ReadOnlyMemory<byte>? Content, TilePath Path)> ReadEitherAsync(this ILedgerSource source, TilePath path, CancellationToken cancellationToken)
    {
        var content = await source.ReadAsync(path.ToString(), cancellationToken);
        return content is not null || path.IsFull
            ? (content, path)
            : (await source.ReadAsync(path.Full.ToString(), cancellationToken), path.Full);
    }
}
