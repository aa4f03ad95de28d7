using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// The audit index in <c>audit.db</c>. Commits do not wait for the disk: the file stays consistent, and what a power cut
/// takes is read from the ledgers again.
/// </summary>
public sealed class SqliteAuditIndex : IAuditIndex, IDisposable
{
    internal const string FileName = "audit.db";

    private const int MaxLimit = 500;

    private readonly AuditIndexer _indexer;
    private readonly SerialWorker _worker = new("bridata-audit-index");
    private readonly ReaderPool<AuditReader> _readers;

    /// <exception cref="StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public SqliteAuditIndex(StorageDirectory directory, IOptions<SqliteStorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        var file = new DatabaseFile(
            directory.PathOf(FileName),
            Durable: false,
            CacheMebibytes: 64,
            AuditSchema.Version,
            AuditSchema.Sql,
            "The index is derived: the file may be deleted while nothing runs, and is then rebuilt from the ledgers.");
        _indexer = file.OpenWriter(options.Value.BusyTimeout, static database => new AuditIndexer(new AuditTables(database)));
        _readers = file.PoolReaders(options.Value.BusyTimeout, static database => new AuditReader(database));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) =>
        await _worker.RunAsync(_indexer.Progress, cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return _worker.RunAsync(
            () =>
            {
                _indexer.Apply(records);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        AuditPosition? behind = query.Cursor is null ? null : AuditPosition.Parse(query.Cursor);

        // A search over many records takes a while, and the caller may be a grain.
        var found = await Task.Run(
            () => _readers.Read((query, behind), static (reader, s) => reader.Search(s.query, s.behind)),
            cancellationToken);
        if (found.Count <= query.Limit)
        {
            return new AuditPage([.. found], null);
        }

        var last = found[query.Limit - 1];
        return new AuditPage([.. found.Take(query.Limit)], new AuditPosition(last.At.UtcTicks, last.Ledger, last.Index).ToCursor());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return await Task.Run(() => _readers.Read(transfer, static (reader, id) => reader.Trail(id)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ResetAsync(CancellationToken cancellationToken = default) => _worker.RunAsync(
        () =>
        {
            _indexer.Reset();
            return true;
        },
        cancellationToken);

    public void Dispose()
    {
        _worker.Dispose();
        _readers.Dispose();
        _indexer.Dispose();
    }
}
