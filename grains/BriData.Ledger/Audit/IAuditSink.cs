namespace BriData.Ledger.Audit;

/// <summary>Takes in the records of ledgers, each ledger's in its order.</summary>
public interface IAuditSink
{
    /// <summary>How many entries of each ledger are indexed, for ledgers with at least one.</summary>
    Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Indexes consecutive records and moves each ledger's progress, in one transaction. Records at or below a ledger's
    /// progress are ignored, so applying twice is harmless; a gap is refused with <see cref="InvalidOperationException"/>.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default);
}
