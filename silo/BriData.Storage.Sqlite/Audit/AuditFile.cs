using BriData.Storage.Sqlite.Database;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>An open index file: one writer, several readers. It closes when nobody reads it any more.</summary>
internal sealed class AuditFile
{
    private readonly string _path;
    private readonly ReaderPool<AuditReader> _readers;
    private readonly Lock _lock = new();
    private int _users = 1;
    private bool _deleteWhenClosed;

    /// <exception cref="Hosting.StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public AuditFile(string path, DatabaseFile database, TimeSpan busyTimeout, ILogger logger)
    {
        _path = path;
        Indexer = database.OpenWriter(busyTimeout, d =>
        {
            database.WriteBackApart(d, logger);
            return new AuditIndexer(new AuditTables(d));
        });
        _readers = database.PoolReaders(busyTimeout, static d => new AuditReader(d));
    }

    /// <summary>The writer. Not safe for concurrent use.</summary>
    public AuditIndexer Indexer { get; }

    /// <summary>Runs a read, or answers false when the file is closed.</summary>
    public bool TryRead<TResult>(Func<AuditReader, TResult> read, out TResult? result)
    {
        result = default;
        lock (_lock)
        {
            if (_users == 0)
            {
                return false;
            }

            _users++;
        }

        try
        {
            result = _readers.Read(read, static (reader, ask) => ask(reader));
            return true;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Closes the file once the reads under way have ended, and deletes it if so wished.</summary>
    public void Close(bool delete)
    {
        _deleteWhenClosed = delete;
        Leave();
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0)
            {
                return;
            }
        }

        _readers.Dispose();
        Indexer.Dispose();
        if (_deleteWhenClosed)
        {
            AuditFiles.Delete(_path);
        }
    }
}
