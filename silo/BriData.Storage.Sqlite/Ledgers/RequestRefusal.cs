using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Why a request, or a whole group, was refused.</summary>
internal sealed record RequestRefusal(LedgerStoreFailure Reason, string Message, Exception? Cause = null);
