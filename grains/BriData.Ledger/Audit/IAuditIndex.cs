namespace BriData.Ledger.Audit;

/// <summary>
/// A search index over ledger entries. Derived: it can be rebuilt from the ledgers at any time and is never the source of a
/// decision.
/// </summary>
public interface IAuditIndex : IAuditSink
{
    /// <summary>
    /// Newest first: descending by time, then ledger (ordinal), then index. The page's cursor continues behind its last
    /// record, stable under concurrent writes. In <see cref="AuditQuery.Text"/> no character is an operator; case is ignored.
    /// </summary>
    /// <exception cref="ArgumentException">The limit is not 1 to 500.</exception>
    /// <exception cref="FormatException">The cursor is not one that this index gave out.</exception>
    Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>All records of one transfer, oldest first: ascending by time, then ledger (ordinal), then index.</summary>
    Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, CancellationToken cancellationToken = default);

    /// <summary>Begins an empty index beside this one, which serves and takes in records as before until the switch.</summary>
    /// <exception cref="InvalidOperationException">One is being built already.</exception>
    Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default);
}
