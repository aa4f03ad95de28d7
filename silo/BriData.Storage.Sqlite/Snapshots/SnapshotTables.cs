using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Snapshots;

/// <summary>Schema and statements of <c>snapshots.db</c>. Not safe for concurrent use.</summary>
internal sealed class SnapshotTables(SqliteDatabase database) : IDisposable
{
    public const int Version = 1;

    public const string Schema =
        """
        CREATE TABLE snapshots (
            provider TEXT NOT NULL,
            state TEXT NOT NULL,
            grain TEXT NOT NULL,
            etag TEXT NOT NULL,
            digest BLOB NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (provider, state, grain));
        """;

    private readonly SqliteStatement _read = database.Prepare("SELECT etag, digest, data FROM snapshots WHERE provider = ?1 AND state = ?2 AND grain = ?3");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO snapshots (provider, state, grain, etag, digest, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
    private readonly SqliteStatement _update = database.Prepare("UPDATE snapshots SET etag = ?4, digest = ?5, data = ?6 WHERE provider = ?1 AND state = ?2 AND grain = ?3 AND etag = ?7");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM snapshots WHERE provider = ?1 AND state = ?2 AND grain = ?3 AND etag = ?4");

    public StoredSnapshot? Read(in SnapshotKey key)
    {
        var statement = Bind(_read, key);
        try
        {
            if (!statement.Step())
            {
                return null;
            }

            var digest = statement.Blob(1);
            var data = statement.Blob(2).ToArray();
            var intact = digest.Length == Hash256.ByteCount && Hash256.FromBytes(digest) == Hash256.OfSha256(data);
            return new StoredSnapshot(statement.Text(0), data, intact);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Writes over the snapshot with <paramref name="etag"/>, or a new one when it is null. False when that is not what is stored.</summary>
    public bool TryWrite(in SnapshotKey key, string? etag, string newETag, ReadOnlySpan<byte> data)
    {
        var statement = Bind(etag is null ? _insert : _update, key).Bind(4, newETag).Bind(5, Hash256.OfSha256(data)).Bind(6, data);
        if (etag is not null)
        {
            statement.Bind(7, etag);
        }

        statement.Execute();
        return database.Changes == 1;
    }

    public bool TryDelete(in SnapshotKey key, string etag)
    {
        Bind(_delete, key).Bind(4, etag).Execute();
        return database.Changes == 1;
    }

    public void Dispose()
    {
        _read.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _delete.Dispose();
        database.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, in SnapshotKey key) =>
        statement.Bind(1, key.Provider).Bind(2, key.State).Bind(3, key.Grain);
}
