using System.Diagnostics.Metrics;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>The open <c>ledger.db</c>: one writer, pooled readers, and the translation of what goes wrong.</summary>
internal sealed class LedgerFile : IDisposable
{
    public const string FileName = "ledger.db";

    private readonly LedgerWriter _writer;
    private readonly ReaderPool<LedgerReader> _readers;
    private readonly ILogger _logger;

    /// <exception cref="StorageOpenException">The file is damaged, unreadable or of a newer version.</exception>
    public LedgerFile(StorageDirectory directory, SqliteStorageOptions options, ILogger logger, IMeterFactory? meters)
    {
        var path = directory.PathOf(FileName);
        var file = new DatabaseFile(
            path,
            Durable: true,
            CacheMebibytes: 16,
            LedgerSchema.Version,
            LedgerSchema.Sql,
            LedgerOpening.Advice,
            LedgerSchema.Upgrade);
        _logger = logger;
        LedgerOpening.CheckLog(path);
        Instruments = new StorageInstruments(meters);
        LedgerMark? mark = null;
        LedgerTables tables;
        try
        {
            mark = new LedgerMark(directory.PathOf(LedgerMark.FileName), logger, Instruments);
            tables = file.OpenWriter(options.BusyTimeout, database =>
            {
                LedgerOpening.CheckFile(database, path);
                LedgerOpening.CheckHeads(database, mark, MarkDamaged, MarkNameless);
                file.WriteBackApart(database, logger, Instruments.LogFailed);
                return new LedgerTables(database);
            });
        }
        catch
        {
            mark?.Dispose();
            Instruments.Dispose();
            throw;
        }

        _writer = new LedgerWriter(new GroupCommit(tables, Heads, mark), options.MaxQueuedAppends, Instruments, Signal, logger);
        _readers = file.PoolReaders(options.BusyTimeout, static database => new LedgerReader(database));
    }

    public LedgerHeads Heads { get; } = new();

    public AppendSignal Signal { get; } = new();

    public StorageInstruments Instruments { get; }

    public Task WriteAsync(WriteRequest request) => _writer.EnqueueAsync(request);

    /// <summary>Runs a read of one ledger (or of none). Damage that it finds closes that ledger to appends.</summary>
    /// <exception cref="LedgerStoreException">In place of whatever the driver threw.</exception>
    public TResult Read<TState, TResult>(LedgerId ledger, TState state, Func<LedgerReader, TState, TResult> read)
    {
        try
        {
            return _readers.Read(state, read);
        }
        catch (SqliteException error)
        {
            var reason = SqliteFailures.BeforeCommit(error);
            var message = reason == LedgerStoreFailure.Corrupt ? SqliteFailures.Describe(reason) : "The storage cannot be read.";
            MarkIfDamaged(ledger, reason, message);
            throw new LedgerStoreException(ledger, reason, message, error);
        }
        catch (LedgerStoreException error)
        {
            MarkIfDamaged(ledger, error.Reason, error.Message);
            throw;
        }
        catch (ObjectDisposedException error)
        {
            throw new LedgerStoreException(ledger, LedgerStoreFailure.Unavailable, "The store is closed.", error);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // A stored value that is not what its column holds: a name that is none, a hash of another length.
            var message = SqliteFailures.Describe(LedgerStoreFailure.Corrupt);
            MarkIfDamaged(ledger, LedgerStoreFailure.Corrupt, message);
            throw new LedgerStoreException(ledger, LedgerStoreFailure.Corrupt, message, error);
        }
    }

    /// <summary>Closes a ledger to appends until the store is opened again.</summary>
    public void MarkDamaged(LedgerId ledger, string what)
    {
        if (Heads.MarkDamaged(ledger, what))
        {
            LedgerLog.Damaged(_logger, ledger, what);
        }
    }

    /// <summary>From now on ledgers that are not in the file are refused: one of them may be there under a damaged name.</summary>
    public void MarkNameless(string stands, string what)
    {
        if (Heads.MarkNameless(stands, what))
        {
            LedgerLog.Nameless(_logger, what);
        }
    }

    // Readers close first: the last connection to close folds the log into the file, which a reading one cannot do.
    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
        Instruments.Dispose();
    }

    private void MarkIfDamaged(LedgerId ledger, LedgerStoreFailure reason, string what)
    {
        if (reason == LedgerStoreFailure.Corrupt && ledger != default)
        {
            MarkDamaged(ledger, what);
        }
    }
}
