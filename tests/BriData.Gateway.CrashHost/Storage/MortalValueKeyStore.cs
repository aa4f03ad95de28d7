using BriData.Ledger.Erasure;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>Keys whose giving out, or whose destruction, may be the process's last act.</summary>
internal sealed class MortalValueKeyStore(IValueKeyStore inner, MortalStorage storage) : IValueKeyStore
{
    public ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default) =>
        new(storage.WriteAsync("key taken", () => inner.TakeAsync(cancellationToken).AsTask(), Dead));

    public Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

    public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        storage.WriteAsync("keys erased", () => inner.EraseAsync(ids, at, cancellationToken), Dead);

    private static ValueKeyStoreException Dead() => new(storageFull: false, "The process is dead.");
}
