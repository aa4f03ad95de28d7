using BriData.Ledger.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>The one place where SQLite's result codes become the reasons of <see cref="LedgerStoreFailure"/>.</summary>
internal static class SqliteFailures
{
    /// <summary>Translates an error before the commit began: nothing was written.</summary>
    public static LedgerStoreFailure BeforeCommit(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => LedgerStoreFailure.Full,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => LedgerStoreFailure.Corrupt,
        raw.SQLITE_CONSTRAINT => LedgerStoreFailure.Conflict,

        // Locked, unreachable, read-only, out of memory, and what is not known: refuse, and let the caller come again.
        _ => LedgerStoreFailure.Unavailable,
    };

    /// <summary>
    /// Translates an error of the commit itself. The commit record is the last thing written to the log, so a write that
    /// found no room, or a lock that was not granted, leaves no commit. After any other error it may be on the disk.
    /// </summary>
    public static LedgerStoreFailure DuringCommit(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => LedgerStoreFailure.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY => LedgerStoreFailure.Unavailable,
        _ => LedgerStoreFailure.OutcomeUnknown,
    };

    /// <summary>Whether the error lies with what one request touches, so that the others of its group can go on.</summary>
    public static bool ConcernsOneRequest(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_CORRUPT or raw.SQLITE_TOOBIG;

    public static string Describe(LedgerStoreFailure reason) => reason switch
    {
        LedgerStoreFailure.Conflict => "The idempotency key is already in the ledger.",
        LedgerStoreFailure.Full => "There is no room on the storage; nothing was written.",
        LedgerStoreFailure.Unavailable => "The storage is locked or unreachable; nothing was written.",
        LedgerStoreFailure.Corrupt => "The storage reports damage.",
        _ => "The storage failed during the commit; it is not known whether the batch was written.",
    };
}
