namespace BriData.Ledger.Audit;

/// <summary>
/// A search index over ledger entries. Derived: it can be deleted and rebuilt from the ledgers at any time and is never
/// the source of a decision.
/// </summary>
public interface IAuditIndex
{
    /// <summary>How many entries of each ledger are indexed, for ledgers with at least one.</summary>
    Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Indexes consecutive records and moves each ledger's progress, in one transaction. Records at or below a ledger's
    /// progress are ignored, so applying twice is harmless; a gap is refused with <see cref="InvalidOperationException"/>.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default);

    /// <summary>
    /// Newest first: descending by time, then ledger (ordinal), then index. The page's cursor continues behind its last
    /// record, stable under concurrent writes. In <see cref="AuditQuery.Text"/> no character is an operator; case is ignored.
    /// </summary>
    /// <exception cref="ArgumentException">The limit is not 1 to 500.</exception>
    /// <exception cref="FormatException">The cursor is not one that this index gave out.</exception>
    Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>All records of one transfer, oldest first: ascending by time, then ledger (ordinal), then index.</summary>
    Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, CancellationToken cancellationToken = default);

    /// <summary>Empties the index; progress returns to zero.</summary>
    Task ResetAsync(CancellationToken cancellationToken = default);
}
