using System.Security.Cryptography;
using BriData.Ledger.Erasure;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Erasure;

/// <summary>
/// Wrapped keys in a file of their own, <c>keys.db</c>, so that a backup of the ledgers holds only what is sealed. An
/// erasure overwrites the row and empties the write-ahead log before it returns.
/// </summary>
public sealed partial class SqliteValueKeyStore : IValueKeyStore, IDisposable
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string FileName = "keys.db";

    // More than one: a single row may be damaged.
    private const int RowsTried = 8;

    private readonly ValueKeyWrapper _wrapper;
    private readonly ILogger _logger;
    private readonly ValueKeyTables _tables;
    private readonly SerialWorker _worker = new("bridata-keys");
    private readonly ValueKeyPool _pool;

    /// <exception cref="StorageOpenException">The file is damaged, unreadable, of a newer version, or written under another platform seed.</exception>
    public SqliteValueKeyStore(
        StorageDirectory directory, IOptions<SqliteStorageOptions> options, ValueKeyWrapper wrapper, ILogger<SqliteValueKeyStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        _wrapper = wrapper;
        _logger = logger ?? NullLogger<SqliteValueKeyStore>.Instance;
        var file = new DatabaseFile(
            directory.PathOf(FileName),
            Durable: true,
            CacheMebibytes: 4,
            ValueKeyTables.Version,
            ValueKeyTables.Schema,
            "Without this file no private text and no payload can be read; restore it from a backup no older than the last erasure.");
        (_tables, var newest) = file.OpenWriter(options.Value.BusyTimeout, Open);
        _pool = new ValueKeyPool(MakeAsync);
        if (newest.Count > 0 && !newest.Exists(r => wrapper.Opens(r.Row, r.Value)))
        {
            // With the wrong seed no name is known here: values would count as erased that are not.
            Dispose();
            throw new StorageOpenException(
                file.Path, $"The keys in '{file.Path}' were wrapped under another platform seed than 'keys/platform.seed' holds. Restore both from the same backup; nothing was changed.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default) => _pool.TakeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _wrapper.TryRow(id, out var row)
            ? RunAsync(() => _tables.Read(row) is { } value ? _wrapper.Read(id, value) : default, cancellationToken)
            : Task.FromResult(default(ValueKeyLookup));
    }

    /// <inheritdoc/>
    public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return RunAsync(
            () =>
            {
                _tables.Commit(tables => Overwrite(tables, ids, at));

                // Also when nothing changed: an earlier attempt may have failed just here.
                return _tables.TryTruncateLog()
                    ? true
                    : throw new ValueKeyStoreException(storageFull: false, "The log of the keys is in use by another process and could not be emptied.");
            },
            cancellationToken);
    }

    /// <summary>Ends what is queued and closes the file.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        _tables.Dispose();
    }

    /// <summary>The file's tables, and its last rows that are not erased: what cannot be read now is damage, and no start goes on with it.</summary>
    private static (ValueKeyTables Tables, List<(long Row, byte[] Value)> Newest) Open(SqliteDatabase database)
    {
        var tables = new ValueKeyTables(database);
        try
        {
            return (tables, tables.NewestPresent(RowsTried));
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    private void Overwrite(ValueKeyTables tables, IReadOnlyCollection<string> ids, DateTimeOffset at)
    {
        foreach (var id in ids)
        {
            if (_wrapper.TryRow(id, out var row) && tables.Read(row) is { } value && _wrapper.Erase(id, value, at) is { } erased)
            {
                tables.Overwrite(row, erased);
            }
        }
    }

    private async Task<ValueKey[]> MakeAsync(int count)
    {
        try
        {
            return await RunAsync(
                () =>
                {
                    var first = _tables.LastRow() + 1;
                    var made = _wrapper.Create(first, count);
                    _tables.Commit(tables =>
                    {
                        for (var i = 0; i < made.Length; i++)
                        {
                            tables.Insert(first + i, made[i].Row);
                        }
                    });
                    return Array.ConvertAll(made, static m => m.Key);
                },
                CancellationToken.None);
        }
        catch (ValueKeyStoreException error)
        {
            // Perhaps nobody waits for these keys yet.
            LogNotMade(_logger, error);
            throw;
        }
    }

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _worker.RunAsync(work, cancellationToken);
        }
        catch (SqliteException error)
        {
            var full = error.SqliteErrorCode == raw.SQLITE_FULL;
            throw new ValueKeyStoreException(full, full ? "There is no room for keys." : "The keys cannot be reached.", error);
        }
        catch (CryptographicException error)
        {
            throw new ValueKeyStoreException(storageFull: false, "A key is damaged, or was wrapped under another platform seed.", error);
        }
        catch (ObjectDisposedException error)
        {
            throw new ValueKeyStoreException(storageFull: false, "The store is closed.", error);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "Keys for values could not be made; requests that need one are refused once none is left")]
    private static partial void LogNotMade(ILogger logger, Exception exception);
}
