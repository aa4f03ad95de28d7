using BriData.Ledger.Payloads;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store, except the deletion of a payload that a test names.</summary>
public sealed class FaultingPayloadStore(IPayloadStore inner) : IPayloadStore
{
    private volatile string? _stuck;

    /// <summary>From now on the payload with this reference cannot be deleted; null for none.</summary>
    public void Fail(string? reference) => _stuck = reference;

    public Task<StagedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default) =>
        inner.StageAsync(jurisdiction, content, maxBytes, cancellationToken);

    public Task PublishAsync(StagedPayload staged, CancellationToken cancellationToken = default) => inner.PublishAsync(staged, cancellationToken);

    public Task DiscardAsync(StagedPayload staged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(staged);
        return staged.Reference == _stuck
            ? Task.FromException(new PayloadStoreException(storageFull: false, "Refused by the test."))
            : inner.DiscardAsync(staged, cancellationToken);
    }

    public Task<Stream?> OpenAsync(string jurisdiction, string reference, CancellationToken cancellationToken = default) =>
        inner.OpenAsync(jurisdiction, reference, cancellationToken);
}
