using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Ledgers;

internal static partial class LedgerLog
{
    [LoggerMessage(6101, LogLevel.Error, "A commit of {Requests} requests failed: {Reason}")]
    public static partial void GroupFailed(ILogger logger, LedgerStoreFailure reason, int requests, Exception? cause);

    [LoggerMessage(6102, LogLevel.Critical, "Ledger {Ledger} is damaged and takes no appends: {What}")]
    public static partial void Damaged(ILogger logger, LedgerId ledger, string what);
}
