using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Database;

/// <summary>One connection to one database file in WAL mode. Not safe for concurrent use.</summary>
internal sealed partial class SqliteDatabase : IDisposable
{
    private const int StepsBetweenQuestions = 4096;

    private readonly SqliteConnection _connection;
    private readonly TimeSpan _busyTimeout;

    private SqliteDatabase(string path, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        Path = path;
        _busyTimeout = busyTimeout;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = true,
        }.ToString());
        try
        {
            _connection.Open();
            WaitForLocks(busyTimeout);

            // Damage is looked for when a page is read, rather than wherever it leads to.
            Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(Handle);

    public sqlite3 Handle => _connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteDatabase));

    /// <summary>Opens the writing connection, creating the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="durable">Whether a commit waits for the disk (<c>synchronous=FULL</c>) or only survives the process (<c>NORMAL</c>).</param>
    /// <param name="busyTimeout">How long to wait for a lock that another process holds.</param>
    /// <param name="cacheMebibytes">Page cache.</param>
    public static SqliteDatabase OpenWriter(string path, bool durable, TimeSpan busyTimeout, int cacheMebibytes)
    {
        var database = new SqliteDatabase(path, SqliteOpenMode.ReadWriteCreate, busyTimeout);
        try
        {
            database.Execute("PRAGMA journal_mode = WAL");

            // What is deleted from the record, as a sidecar that is erased, is overwritten; derived files need not pay for it.
            database.Execute(durable ? "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;" : "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;");
            database.Execute("PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA temp_store = MEMORY;");
            database.Execute("PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864;");
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = {-1024 * cacheMebibytes}"));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>An empty database in this process's memory.</summary>
    public static SqliteDatabase OpenMemory() => new(":memory:", SqliteOpenMode.Memory, TimeSpan.Zero);

    /// <summary>Opens a reading connection; the writing one must be open, for it owns the WAL index.</summary>
    public static SqliteDatabase OpenReader(string path, TimeSpan busyTimeout) => new(path, SqliteOpenMode.ReadOnly, busyTimeout);

    /// <summary>Opens a connection that only writes the log back; the writing one must be open.</summary>
    public static SqliteDatabase OpenCheckpointing(string path)
    {
        var database = new SqliteDatabase(path, SqliteOpenMode.ReadWrite, TimeSpan.Zero);
        try
        {
            // The first read opens the log.
            database.Execute("PRAGMA synchronous = FULL; PRAGMA checkpoint_fullfsync = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA schema_version;");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public SqliteStatement Prepare(string sql) => new(Handle, sql);

    /// <summary>Runs one or more statements without parameters.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(Handle).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(Handle));
        }
    }

    /// <summary>The first column of the first row.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : throw new InvalidOperationException($"No row: {sql}");
    }

    /// <summary>The statements that made the tables and indexes, in order.</summary>
    public List<string> Schema()
    {
        var statements = new List<string>();
        using var statement = Prepare("SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY rowid");
        while (statement.Step())
        {
            statements.Add(statement.Text(0));
        }

        return statements;
    }

    /// <summary>
    /// The first finding of <c>PRAGMA quick_check</c> in a table and its indexes, or null; reads all of them. The list of free
    /// pages belongs to <c>sqlite_schema</c>.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopped"/>, which is asked every few thousand steps, said so.</exception>
    public string? QuickCheck(string table, Func<bool> stopped)
    {
        // Rather than sqlite3_interrupt, which does nothing when it comes just before the first step.
        raw.sqlite3_progress_handler(Handle, StepsBetweenQuestions, _ => stopped() ? 1 : 0, null);
        try
        {
            using var statement = Prepare($"PRAGMA quick_check('{table}')");
            return statement.Step() && statement.Text(0) is var finding and not "ok" ? finding : null;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The check was stopped.", error);
        }
        finally
        {
            raw.sqlite3_progress_handler(Handle, 0, null, null);
        }
    }

    /// <summary>Makes a function of two numbers and two blobs known to this connection's statements.</summary>
    public void AddFunction(string name, Func<long, long, byte[]?, byte[]?, long> function) =>
        _connection.CreateFunction(name, function, isDeterministic: true);

    /// <summary>Ends the open transaction, if there is one: some errors end it by themselves.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        _checkpointer?.Dispose();
        _connection.Dispose();
    }

    private void WaitForLocks(TimeSpan time) => _ = raw.sqlite3_busy_timeout(Handle, (int)time.TotalMilliseconds);
}
