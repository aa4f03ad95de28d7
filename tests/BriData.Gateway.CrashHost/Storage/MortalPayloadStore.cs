using BriData.Ledger.Payloads;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>Payloads whose storing may be the process's last act.</summary>
internal sealed class MortalPayloadStore(IPayloadStore inner, MortalStorage storage) : IPayloadStore
{
    public Task<StagedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default) =>
        storage.WriteAsync("payload staged", () => inner.StageAsync(jurisdiction, content, maxBytes, cancellationToken), Dead);

    public Task PublishAsync(StagedPayload staged, CancellationToken cancellationToken = default) =>
        storage.WriteAsync("payload published", () => inner.PublishAsync(staged, cancellationToken), Dead);

    public Task DiscardAsync(StagedPayload staged, CancellationToken cancellationToken = default) =>
        storage.WriteAsync("payload discarded", () => inner.DiscardAsync(staged, cancellationToken), Dead);

    public Task<Stream?> OpenAsync(string jurisdiction, string reference, CancellationToken cancellationToken = default) =>
        inner.OpenAsync(jurisdiction, reference, cancellationToken);

    private static PayloadStoreException Dead() => new(storageFull: false, "The process is dead.");
}
