using BriData.Ledger.Erasure;

namespace BriData.Ledger.Payloads;

/// <summary>
/// Payloads as those who send and receive them see them; the store behind holds only what is sealed, each under a key of
/// its own (I8). Sizes and hashes are those of the plain content.
/// </summary>
public sealed class SealedPayloads(IPayloadStore store, IValueKeyStore keys, TimeProvider time)
{
    /// <summary>Bytes at the start of a payload at rest from which <see cref="KeyNameIn"/> tells its key.</summary>
    public const int StartBytes = PayloadChunks.NameBytes;

    /// <summary>Seals <paramref name="content"/> on its way to durable staging, in constant memory.</summary>
    /// <exception cref="PayloadTooLargeException">More than <paramref name="maxBytes"/> arrived; nothing is kept.</exception>
    /// <exception cref="PayloadStoreException">The storage is full or unavailable; nothing is kept.</exception>
    /// <exception cref="ValueKeyStoreException">No key can be had; nothing is kept.</exception>
    public async Task<SealedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        var key = await keys.TakeAsync(cancellationToken).ConfigureAwait(false);
        await using var sealing = new SealingStream(content, key, maxBytes);
        try
        {
            var staged = await store.StageAsync(jurisdiction, sealing, PayloadChunks.SealedLength(maxBytes), cancellationToken).ConfigureAwait(false);
            return new SealedPayload(staged, key.Id, sealing.Size, sealing.Digest());
        }
        catch
        {
            await TryEraseAsync(key.Id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>As <see cref="IPayloadStore.PublishAsync"/>.</summary>
    public Task PublishAsync(SealedPayload payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return store.PublishAsync(payload.Stored, cancellationToken);
    }

    /// <summary>
    /// Destroys the key of a payload that no ledger names and never will, then removes it as
    /// <see cref="IPayloadStore.DiscardAsync"/> does; what is left of it after a failure opens for nobody.
    /// </summary>
    /// <exception cref="PayloadStoreException">The storage is unavailable.</exception>
    /// <exception cref="ValueKeyStoreException">The key could not be destroyed; nothing is removed.</exception>
    public async Task DiscardAsync(SealedPayload payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        await EraseAsync(payload.KeyId).ConfigureAwait(false);
        await store.DiscardAsync(payload.Stored, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The name of the key that a payload at rest was sealed under, from its first bytes; null when they hold none.</summary>
    public static string? KeyNameIn(ReadOnlySpan<byte> start) => PayloadChunks.NameIn(start);

    /// <summary>Opens a published payload for reading; seekable. Its first chunk has been checked.</summary>
    /// <param name="jurisdiction">Where it rests.</param>
    /// <param name="reference">Its reference there.</param>
    /// <param name="keyId">Name of its key.</param>
    /// <param name="size">Bytes of plain content, as recorded.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PayloadStoreException">The storage is unavailable, or what it holds is not what was stored.</exception>
    /// <exception cref="ValueKeyStoreException">The keys cannot be read.</exception>
    public async Task<OpenedPayload> OpenAsync(string jurisdiction, string reference, string keyId, long size, CancellationToken cancellationToken = default)
    {
        var found = await keys.FindAsync(keyId, cancellationToken).ConfigureAwait(false);
        if (found.Key is not { } key)
        {
            return new OpenedPayload(null, found.ErasedAt);
        }

        var stored = await store.OpenAsync(jurisdiction, reference, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return default;
        }

        var content = new OpeningStream(stored, key, size);
        try
        {
            if (stored.Length != PayloadChunks.SealedLength(size))
            {
                throw new EndOfStreamException($"The stored payload has {stored.Length} bytes, not {PayloadChunks.SealedLength(size)}.");
            }

            var name = new byte[PayloadChunks.NameBytes];
            await stored.ReadExactlyAsync(name, cancellationToken).ConfigureAwait(false);
            if (PayloadChunks.NameIn(name) != keyId)
            {
                throw new InvalidDataException("The stored payload is another key's.");
            }

            await content.LoadAsync(0, cancellationToken).ConfigureAwait(false);
            return new OpenedPayload(content, null);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw new PayloadStoreException(storageFull: false, "The stored payload is damaged.", error);
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Nothing is kept, though a disk may still hold what was written of it.
    private async Task TryEraseAsync(string keyId)
    {
        try
        {
            await EraseAsync(keyId).ConfigureAwait(false);
        }
        catch (ValueKeyStoreException)
        {
            // The error that led here is the one to report; what is left opens for nobody who has not the keys too.
        }
    }

    private Task EraseAsync(string keyId) => keys.EraseAsync([keyId], time.GetUtcNow(), CancellationToken.None);
}

/// <summary>A payload in staging, sealed.</summary>
/// <param name="Stored">What the store holds; its size and hash are those of the sealed bytes.</param>
/// <param name="KeyId">Name of its key.</param>
/// <param name="Size">Bytes of plain content.</param>
/// <param name="Sha256">SHA-256 of the plain content.</param>
public sealed record SealedPayload(StagedPayload Stored, string KeyId, long Size, Hash256 Sha256)
{
    public string Jurisdiction => Stored.Jurisdiction;

    public string Reference => Stored.Reference;
}

/// <summary>A payload opened for reading.</summary>
/// <param name="Content">The content; null when it is not there.</param>
/// <param name="ErasedAt">When its key was erased; null when it was not, or is not known here.</param>
public readonly record struct OpenedPayload(Stream? Content, DateTimeOffset? ErasedAt);
