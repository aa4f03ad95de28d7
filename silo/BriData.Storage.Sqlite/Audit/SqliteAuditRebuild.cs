using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>An index file under construction, written on a thread of its own so that the serving one is not held up.</summary>
internal sealed class SqliteAuditRebuild(SqliteAuditIndex owner, AuditFile file) : IAuditRebuild
{
    private readonly SerialWorker _worker = new("bridata-audit-rebuild");
    private bool _switched;
    private bool _disposed;

    public async Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) =>
        await _worker.RunAsync(() => AuditFailures.Translate(file.Indexer.Progress), cancellationToken);

    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return _worker.RunAsync(
            () =>
            {
                AuditFailures.Translate(() => file.Indexer.Apply(records));
                return true;
            },
            cancellationToken);
    }

    public Task SwitchAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        _switched = true;
        _worker.Dispose();
        return owner.SwitchToAsync(file, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_switched)
            {
                _worker.Dispose();
                file.Close(delete: true);
            }

            owner.Ended();
        }

        return ValueTask.CompletedTask;
    }
}
