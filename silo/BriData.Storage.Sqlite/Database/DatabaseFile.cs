using BriData.Storage.Sqlite.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Database;

/// <summary>A database of the store: where it is, what is in it, and how hard its commits are.</summary>
/// <param name="Path">The file.</param>
/// <param name="Durable">Whether a commit waits for the disk, or only survives the process.</param>
/// <param name="CacheMebibytes">Page cache of the writing connection.</param>
/// <param name="Version">Schema version that this software writes.</param>
/// <param name="Schema">Statements that create it.</param>
/// <param name="Advice">What to do about a damaged file, for the error message.</param>
/// <param name="Upgrade">Brings a file of the given older version up to <paramref name="Version"/>, in the transaction that says so; null when there is none.</param>
internal sealed record DatabaseFile(
    string Path, bool Durable, int CacheMebibytes, int Version, string Schema, string Advice, Action<SqliteDatabase, long>? Upgrade = null)
{
    /// <summary>Opens the writing connection, creates or checks the schema, and prepares the statements.</summary>
    /// <exception cref="StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public TStatements OpenWriter<TStatements>(TimeSpan busyTimeout, Func<SqliteDatabase, TStatements> prepare)
    {
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.OpenWriter(Path, Durable, busyTimeout, CacheMebibytes);
            SchemaVersion.Ensure(database, this);
            return prepare(database);
        }
        catch (SqliteException error)
        {
            database?.Dispose();
            throw Damaged(error);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="OpenWriter"/>, for a file that holds nothing but what can be had again: one that is damaged is put aside
    /// under another name, and an empty one takes its place.
    /// </summary>
    /// <exception cref="StorageOpenException">The file is unreadable or of a newer version.</exception>
    public TStatements OpenDerivedWriter<TStatements>(TimeSpan busyTimeout, ILogger logger, Func<SqliteDatabase, TStatements> prepare)
    {
        // INVARIANT: what commits wait for the disk for is a record, and no record is ever put aside.
        if (Durable)
        {
            throw new InvalidOperationException($"'{Path}' is not derived.");
        }

        try
        {
            return OpenWriter(busyTimeout, prepare);
        }
        catch (StorageOpenException error) when (error.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB })
        {
            var aside = DamagedFile.MoveAside(Path);
            DatabaseLog.PutAside(logger, Path, aside, error.InnerException);
            return OpenWriter(busyTimeout, prepare);
        }
    }

    /// <summary>The schema version in the file, which must exist; 0 when its creation was interrupted.</summary>
    /// <exception cref="StorageOpenException">The file is damaged or unreadable.</exception>
    public long StoredVersion(TimeSpan busyTimeout)
    {
        try
        {
            using var database = SqliteDatabase.OpenWriter(Path, Durable, busyTimeout, CacheMebibytes);
            return database.Scalar("PRAGMA user_version");
        }
        catch (SqliteException error)
        {
            throw Damaged(error);
        }
    }

    /// <summary>Readers that open as they are needed, while the writing connection is open.</summary>
    public ReaderPool<TReader> PoolReaders<TReader>(TimeSpan busyTimeout, Func<SqliteDatabase, TReader> prepare)
        where TReader : class, IDisposable
    {
        return new ReaderPool<TReader>(Open);

        TReader Open()
        {
            var database = SqliteDatabase.OpenReader(Path, busyTimeout);
            try
            {
                return prepare(database);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
    }

    /// <summary>Has the log written back beside the commits of the given connection (<see cref="SqliteDatabase.WriteBackApart"/>).</summary>
    public void WriteBackApart(SqliteDatabase writer, ILogger logger, Action? failed = null) =>
        writer.WriteBackApart(() => SqliteDatabase.OpenCheckpointing(Path), WalLimits.Default, logger, failed);

    private StorageOpenException Damaged(SqliteException error) => new(Path, $"'{Path}' cannot be opened. {error.Message} {Advice}", error);
}
