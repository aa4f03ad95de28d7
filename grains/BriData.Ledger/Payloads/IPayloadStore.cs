namespace BriData.Ledger.Payloads;

/// <summary>
/// Storage of transfer payloads. A payload rests only in the storage of the jurisdiction it is written to (I8).
/// Two steps, so that no payload is visible before the ledger says it was deposited: write to staging, then publish.
/// </summary>
public interface IPayloadStore
{
    /// <summary>
    /// Streams <paramref name="content"/> to durable staging and hashes it (SHA-256).
    /// </summary>
    /// <exception cref="ArgumentException">The jurisdiction is not 2 to 40 characters of <c>[A-Z0-9-]</c>, starting with a letter.</exception>
    /// <exception cref="PayloadTooLargeException">More than <paramref name="maxBytes"/> arrived; nothing is kept.</exception>
    /// <exception cref="PayloadStoreException">The storage is full or unavailable; nothing is kept.</exception>
    Task<StagedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default);

    /// <summary>Makes a staged payload readable under its reference. Idempotent.</summary>
    /// <exception cref="PayloadStoreException">It is neither staged nor published (discarded, or never written here).</exception>
    Task PublishAsync(StagedPayload staged, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a payload, staged or published, that no ledger names or whose erasure is on record; the caller knows. Only
    /// jurisdiction and reference are looked at. Idempotent.
    /// </summary>
    /// <exception cref="PayloadStoreException">The storage is unavailable; the payload may still be there.</exception>
    Task DiscardAsync(StagedPayload staged, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a published payload for reading; seekable. Null when it is not there, which includes a jurisdiction or
    /// reference that this store could not have given out.
    /// </summary>
    Task<Stream?> OpenAsync(string jurisdiction, string reference, CancellationToken cancellationToken = default);
}

/// <summary>A payload in staging.</summary>
/// <param name="Jurisdiction">Where it rests.</param>
/// <param name="Reference">Random, unguessable reference within the jurisdiction.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content.</param>
public sealed record StagedPayload(string Jurisdiction, string Reference, long Size, Hash256 Sha256);

/// <summary>More bytes arrived than allowed.</summary>
public sealed class PayloadTooLargeException(long maxBytes) : Exception($"The payload is larger than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}

/// <summary>The payload storage refused; <see cref="StorageFull"/> tells a full disk from other failures.</summary>
public sealed class PayloadStoreException(bool storageFull, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public bool StorageFull { get; } = storageFull;
}
