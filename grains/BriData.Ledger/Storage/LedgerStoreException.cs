namespace BriData.Ledger.Storage;

/// <summary>Why a ledger store refused.</summary>
public enum LedgerStoreFailure
{
    /// <summary>The stored size is not the expected one; another writer was there. Nothing was written.</summary>
    Conflict,

    /// <summary>No room on the storage. Nothing was written; appends work again once there is room.</summary>
    Full,

    /// <summary>The storage is locked, unreachable or read-only. Nothing was written.</summary>
    Unavailable,

    /// <summary>Stored bytes do not agree with their hashes, or the storage reports damage. The ledger takes no appends.</summary>
    Corrupt,

    /// <summary>It is not known whether the batch was written; re-read the head.</summary>
    OutcomeUnknown,
}

/// <summary>A ledger store's refusal, with fields rather than prose.</summary>
public sealed class LedgerStoreException(LedgerId ledger, LedgerStoreFailure reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public LedgerId Ledger { get; } = ledger;

    public LedgerStoreFailure Reason { get; } = reason;
}
