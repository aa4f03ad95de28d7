using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// The audit index in a file of its own (<see cref="AuditFiles"/>). Commits do not wait for the disk: the file stays
/// consistent, and what a power cut takes is read from the ledgers again.
/// </summary>
public sealed class SqliteAuditIndex : IAuditIndex, IDisposable
{
    private readonly AuditFiles _files;
    private readonly SerialWorker _worker = new("bridata-audit-index");
    private readonly Lock _lock = new();
    private volatile AuditFile _serving;
    private int _number;
    private SqliteAuditRebuild? _rebuild;

    /// <exception cref="StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public SqliteAuditIndex(StorageDirectory directory, IOptions<SqliteStorageOptions> options, ILogger<SqliteAuditIndex>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        _files = new AuditFiles(directory, options.Value.BusyTimeout, logger ?? NullLogger<SqliteAuditIndex>.Instance);
        _number = _files.Choose();
        _serving = _files.Open(_files.PathOf(_number));
    }

    /// <summary>The file that serves.</summary>
    internal string ServingPath => _files.PathOf(_number);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) =>
        await _worker.RunAsync(() => AuditFailures.Translate(() => _serving.Indexer.Progress()), cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return OnWorkerAsync(() => _serving.Indexer.Apply(records), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.EnsureBounds();
        AuditPosition? behind = query.Cursor is null ? null : AuditPosition.Parse(query.Cursor);

        var found = await ReadAsync(reader => reader.Search(query, behind, cancellationToken), cancellationToken);
        if (found.Count <= query.Limit)
        {
            return new AuditPage([.. found], null);
        }

        var last = found[query.Limit - 1];
        return new AuditPage([.. found.Take(query.Limit)], new AuditPosition(last.At.UtcTicks, last.Ledger, last.Index).ToCursor());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, string? visibleTo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return await ReadAsync(reader => reader.Trail(transfer, visibleTo), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<LedgerId>> LedgersOfAsync(string country, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(country);
        return await ReadAsync(reader => reader.Streams(country, null).Select(static s => s.Ledger).ToHashSet(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_rebuild is not null)
            {
                return Task.FromException<IAuditRebuild>(new InvalidOperationException("The index is being rebuilt already."));
            }

            var path = _files.UnfinishedPathOf(_number + 1);
            AuditFiles.Delete(path);
            return Task.FromResult<IAuditRebuild>(_rebuild = new SqliteAuditRebuild(this, _files.Open(path)));
        }
    }

    public void Dispose()
    {
        SqliteAuditRebuild? rebuild;
        lock (_lock)
        {
            rebuild = _rebuild;
        }

        rebuild?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _worker.Dispose();
        _serving.Close(delete: false);
    }

    /// <summary>Runs on the thread that writes the serving index, so that nothing is applied meanwhile.</summary>
    internal Task SwitchToAsync(AuditFile built, CancellationToken cancellationToken) => OnWorkerAsync(
        () =>
        {
            var number = _number + 1;
            built.Close(delete: false);
            _files.Finish(number);
            var opened = OpenFinished(number);
            var former = _serving;
            (_serving, _number) = (opened, number);
            former.Close(delete: true);
        },
        cancellationToken);

    private AuditFile OpenFinished(int number)
    {
        try
        {
            return _files.Open(_files.PathOf(number));
        }
        catch
        {
            // The one that serves stays, and goes on ahead of this one: it must not be chosen at the next start.
            AuditFiles.Delete(_files.PathOf(number));
            throw;
        }
    }

    internal void Ended()
    {
        lock (_lock)
        {
            _rebuild = null;
        }
    }

    private async Task OnWorkerAsync(Action work, CancellationToken cancellationToken) => await _worker.RunAsync(
        () =>
        {
            AuditFailures.Translate(work);
            return true;
        },
        cancellationToken);

    // A search over many records takes a while, and the caller may be a grain. It waits its turn behind all other work of the
    // pool: queued to the thread that asks, one page behind the other as an export has them, it would keep that thread to itself.
    private Task<TResult> ReadAsync<TResult>(Func<AuditReader, TResult> read, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Read(read), cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    private TResult Read<TResult>(Func<AuditReader, TResult> read)
    {
        while (true)
        {
            var file = _serving;
            var (done, result) = AuditFailures.Translate(() => (file.TryRead(read, out var found), found));
            if (done)
            {
                return result!;
            }

            // Closed: either another has taken its place since, or the index itself is closed.
            ObjectDisposedException.ThrowIf(ReferenceEquals(file, _serving), this);
        }
    }
}
