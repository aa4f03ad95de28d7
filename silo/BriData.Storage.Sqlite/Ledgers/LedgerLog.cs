using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Ledgers;

internal static partial class LedgerLog
{
    [LoggerMessage(6101, LogLevel.Error, "A commit of {Requests} requests failed: {Reason}")]
    public static partial void GroupFailed(ILogger logger, LedgerStoreFailure reason, int requests, Exception? cause);

    [LoggerMessage(6103, LogLevel.Critical, "A ledger has lost its name; ledgers that are not known are refused: {What}")]
    public static partial void Nameless(ILogger logger, string what);

    [LoggerMessage(6104, LogLevel.Warning, "The size {Size} of ledger number {Ledger} could not be put into the mark, which is tried again with the next commit; should the log be damaged before, that is noticed later")]
    public static partial void MarkNotWritten(ILogger logger, long size, long ledger, Exception cause);

    [LoggerMessage(6102, LogLevel.Critical, "Ledger {Ledger} is damaged and takes no appends: {What}")]
    public static partial void Damaged(ILogger logger, LedgerId ledger, string what);
}
