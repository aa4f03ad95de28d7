using BriData.Ledger.Storage;

namespace BriData.Ledger.Audit;

/// <summary>An audit index's refusal, with a field rather than prose. It concerns no ledger: what the index holds is derived.</summary>
public sealed class AuditIndexException(LedgerStoreFailure reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public LedgerStoreFailure Reason { get; } = reason;
}
