using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Erasure;

/// <summary>Schema and statements of <c>keys.db</c>. Not safe for concurrent use.</summary>
/// <remarks>
/// Rows are added at the end and never removed, and an erased one is as long as it was. So a page is never split or
/// rearranged, and no copy of a row is left in the free part of another page.
/// </remarks>
internal sealed class ValueKeyTables(SqliteDatabase database) : IDisposable
{
    public const int Version = 1;

    public const string Schema =
        """
        CREATE TABLE value_keys (
            id INTEGER PRIMARY KEY,
            value BLOB NOT NULL);
        """;

    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private readonly SqliteStatement _last = database.Prepare("SELECT coalesce(max(id), 0) FROM value_keys");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO value_keys (id, value) VALUES (?1, ?2)");
    private readonly SqliteStatement _read = database.Prepare("SELECT value FROM value_keys WHERE id = ?1");
    private readonly SqliteStatement _newest = database.Prepare("SELECT id, value FROM value_keys WHERE substr(value, 1, 1) = x'01' ORDER BY id DESC LIMIT ?1");
    private readonly SqliteStatement _update = database.Prepare("UPDATE value_keys SET value = ?2 WHERE id = ?1");
    private readonly SqliteStatement _truncate = database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Runs work in one durable transaction.</summary>
    public void Commit(Action<ValueKeyTables> work)
    {
        _begin.Execute();
        try
        {
            work(this);
            _commit.Execute();
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    /// <summary>The number of the last row, 0 when there is none.</summary>
    public long LastRow()
    {
        _last.Step();
        var last = _last.Int64(0);
        _last.Reset();
        return last;
    }

    public void Insert(long row, byte[] value) => _insert.Bind(1, row).Bind(2, value.AsSpan()).Execute();

    public byte[]? Read(long row)
    {
        if (!_read.Bind(1, row).Step())
        {
            return null;
        }

        var value = _read.Blob(0).ToArray();
        _read.Reset();
        return value;
    }

    /// <summary>The last rows that are not erased, at most so many.</summary>
    public List<(long Row, byte[] Value)> NewestPresent(int count)
    {
        var rows = new List<(long, byte[])>(count);
        for (_newest.Bind(1, count); _newest.Step();)
        {
            rows.Add((_newest.Int64(0), _newest.Blob(1).ToArray()));
        }

        _newest.Reset();
        return rows;
    }

    public void Overwrite(long row, byte[] value) => _update.Bind(1, row).Bind(2, value.AsSpan()).Execute();

    /// <summary>Folds the log into the file and cuts it to nothing; false when a reader of another process holds it.</summary>
    public bool TryTruncateLog()
    {
        _truncate.Step();
        var busy = _truncate.Int64(0);
        _truncate.Reset();
        return busy == 0;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_begin, _commit, _last, _insert, _read, _newest, _update, _truncate])
        {
            statement.Dispose();
        }

        database.Dispose();
    }
}
