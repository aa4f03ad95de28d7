using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another index and counts the records that it gave.</summary>
public sealed class CountingAuditIndex(IAuditIndex inner) : IAuditIndex
{
    private long _records;

    /// <summary>Records that were read for searches and trails.</summary>
    public long Records => Interlocked.Read(ref _records);

    public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => inner.GetProgressAsync(cancellationToken);

    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default) => inner.ApplyAsync(records, cancellationToken);

    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        var page = await inner.SearchAsync(query, cancellationToken);
        Interlocked.Add(ref _records, page.Items.Length);
        return page;
    }

    public async Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, string? visibleTo, CancellationToken cancellationToken = default)
    {
        var trail = await inner.GetTrailAsync(transfer, visibleTo, cancellationToken);
        Interlocked.Add(ref _records, trail.Count);
        return trail;
    }

    public Task<IReadOnlySet<LedgerId>> LedgersOfAsync(string country, CancellationToken cancellationToken = default) => inner.LedgersOfAsync(country, cancellationToken);

    public Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default) => inner.BeginRebuildAsync(cancellationToken);
}
