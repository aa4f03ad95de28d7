using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>
/// The open <c>snapshots.db</c>, shared by all storage providers of a process. Commits do not wait for the disk: after a
/// power cut the last snapshots may be missing, and grains fold a few more entries. A damaged file is put aside: without
/// snapshots grains fold their ledgers from the start.
/// </summary>
internal sealed class SnapshotFile : IDisposable
{
    public const string FileName = "snapshots.db";

    private readonly SnapshotTables _tables;
    private readonly SerialWorker _worker = new("bridata-snapshots");

    /// <exception cref="StorageOpenException">The file is unreadable or of a newer version.</exception>
    public SnapshotFile(StorageDirectory directory, SqliteStorageOptions options, ILogger<SnapshotFile>? logger = null)
    {
        var file = new DatabaseFile(
            directory.PathOf(FileName),
            Durable: false,
            CacheMebibytes: 16,
            SnapshotTables.Version,
            SnapshotTables.Schema,
            "Snapshots only save time: the file may be deleted while nothing runs.");
        _tables = file.OpenDerivedWriter(options.BusyTimeout, logger ?? NullLogger<SnapshotFile>.Instance, static database => new SnapshotTables(database));
    }

    public Task<TResult> RunAsync<TResult>(Func<SnapshotTables, TResult> work, CancellationToken cancellationToken) =>
        _worker.RunAsync(() => work(_tables), cancellationToken);

    public void Dispose()
    {
        _worker.Dispose();
        _tables.Dispose();
    }
}
