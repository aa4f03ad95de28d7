using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Database;

/// <content>Writing the log back into the file.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>Extended result code of a flush that failed (<c>SQLITE_IOERR_FSYNC</c>).</summary>
    public const int FlushFailed = raw.SQLITE_IOERR | (4 << 8);

    private const int NoCheckpointOnClose = 1006;

    private WalCheckpointer? _checkpointer;

    /// <summary>Modes of <c>sqlite3_wal_checkpoint_v2</c>.</summary>
    private enum CheckpointMode
    {
        NoOp = -1,
        Passive = 0,
        Restart = 2,
    }

    /// <summary>
    /// From now on the log is written back on a thread of its own; who commits calls <see cref="AfterCommit"/>. Without this
    /// every commit that finds the log longer than 64 MiB writes it back itself.
    /// </summary>
    /// <param name="open">Opens the connection for it, when first needed and after a failure.</param>
    /// <param name="limits">When.</param>
    /// <param name="logger">Where failures are told.</param>
    /// <param name="failed">Called on the writer's thread for each failure.</param>
    public void WriteBackApart(Func<SqliteDatabase> open, WalLimits limits, ILogger logger, Action? failed)
    {
        // While the log is written back it grows; a file that shrank and grew each time would have its blocks allocated each time.
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {2L * limits.Begin * 4120}"));
        _checkpointer = new WalCheckpointer(this, open, limits, logger, failed);
    }

    /// <summary>Has the log written back when it is due. Does not throw.</summary>
    public void AfterCommit() => _checkpointer?.AfterCommit();

    /// <summary>How long the log is. Not within a transaction.</summary>
    public WalState Log()
    {
        _ = TryCheckpoint(CheckpointMode.NoOp, out var log);
        return log;
    }

    /// <summary>Writes back what can be without anybody waiting; those who read or write may leave some of it for later.</summary>
    public void WriteLogBack() => _ = TryCheckpoint(CheckpointMode.Passive, out _);

    /// <summary>
    /// Writes all of the log back and flushes the file, so that the next commit begins a new log; false when a reader needed
    /// the old one for longer than the given time.
    /// </summary>
    public bool TryRestartLog(TimeSpan patience)
    {
        WaitForLocks(patience);
        try
        {
            return TryCheckpoint(CheckpointMode.Restart, out _);
        }
        finally
        {
            WaitForLocks(_busyTimeout);
        }
    }

    /// <summary>Puts the file on the disk, whatever the log still holds.</summary>
    public void Flush()
    {
        var code = DatabaseFlush.Run(Handle);
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException($"'{Path}' could not be flushed.", code & 0xFF, code);
        }
    }

    /// <summary>The log is not folded into the file when this connection closes.</summary>
    public void KeepLog() => _ = raw.sqlite3_db_config(Handle, NoCheckpointOnClose, 1, out _);

    private bool TryCheckpoint(CheckpointMode mode, out WalState log)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(Handle, "main", (int)mode, out var frames, out var writtenBack);
        log = new WalState(Math.Max(0, frames), Math.Max(0, writtenBack));
        return (code & 0xFF) switch
        {
            raw.SQLITE_OK => true,
            raw.SQLITE_BUSY => false,
            var primary => throw new SqliteException(raw.sqlite3_errmsg(Handle).utf8_to_string(), primary, raw.sqlite3_extended_errcode(Handle)),
        };
    }
}
