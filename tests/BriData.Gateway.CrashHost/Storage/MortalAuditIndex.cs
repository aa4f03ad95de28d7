using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Gateway.CrashHost.Storage;

/// <summary>An audit index whose transactions may be the process's last act.</summary>
internal sealed class MortalAuditIndex(IAuditIndex inner, MortalStorage storage) : IAuditIndex
{
    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default) =>
        storage.WriteAsync("index", () => inner.ApplyAsync(records, cancellationToken), Dead);

    public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => inner.GetProgressAsync(cancellationToken);

    public Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default) => inner.SearchAsync(query, cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, string? visibleTo, CancellationToken cancellationToken = default) =>
        inner.GetTrailAsync(transfer, visibleTo, cancellationToken);

    public Task<IReadOnlySet<LedgerId>> LedgersOfAsync(string country, CancellationToken cancellationToken = default) => inner.LedgersOfAsync(country, cancellationToken);

    public Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default) => inner.BeginRebuildAsync(cancellationToken);

    private static IOException Dead() => new("The process is dead.");
}
