using BriData.Ledger.Erasure;

namespace BriData.Ledger.Payloads;

/// <summary>
/// Payloads as those who send and receive them see them; the store behind holds only what is sealed, each under a key of
/// its own (I8). Sizes and hashes are those of the plain content.
/// </summary>
public sealed class SealedPayloads(IPayloadStore store, IValueKeyStore keys)
{
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
        var staged = await store.StageAsync(jurisdiction, sealing, PayloadChunks.SealedLength(maxBytes), cancellationToken).ConfigureAwait(false);
        return new SealedPayload(staged, key.Id, sealing.Size, sealing.Digest());
    }

    /// <summary>As <see cref="IPayloadStore.PublishAsync"/>.</summary>
    public Task PublishAsync(SealedPayload payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return store.PublishAsync(payload.Stored, cancellationToken);
    }

    /// <summary>As <see cref="IPayloadStore.DiscardAsync"/>. The key stays: without the sealed bytes it opens nothing.</summary>
    public Task DiscardAsync(SealedPayload payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return store.DiscardAsync(payload.Stored, cancellationToken);
    }

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
