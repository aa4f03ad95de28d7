namespace BriData.Ledger.Audit;

/// <summary>
/// A search index over ledger entries. Derived: it can be rebuilt from the ledgers at any time and is never the source of a
/// decision. A storage that refuses throws <see cref="AuditIndexException"/>.
/// </summary>
public interface IAuditIndex : IAuditSink
{
    /// <summary>
    /// Newest first: descending by time, then ledger (ordinal), then index. The page's cursor continues behind its last
    /// record, stable under concurrent writes. In <see cref="AuditQuery.Text"/> no character is an operator; case is ignored.
    /// </summary>
    /// <exception cref="ArgumentException">The limit is not 1 to 500, or the text asks for too much (<see cref="AuditText.IsTooMuch"/>).</exception>
    /// <exception cref="FormatException">The cursor is not one that this index gave out.</exception>
    Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>All records of one transfer, oldest first: ascending by time, then ledger (ordinal), then index.</summary>
    /// <param name="transfer">Identifier of the transfer.</param>
    /// <param name="visibleTo">
    /// The asker's country: only records to which it is a party are given, and no others are read, so that the time tells
    /// nothing (I10). Null for a grain that looks up what it wrote itself.
    /// </param>
    /// <param name="cancellationToken">Gives up the read.</param>
    Task<IReadOnlyList<AuditRecord>> GetTrailAsync(string transfer, string? visibleTo, CancellationToken cancellationToken = default);

    /// <summary>The ledgers with at least one record to which the country is a party.</summary>
    Task<IReadOnlySet<LedgerId>> LedgersOfAsync(string country, CancellationToken cancellationToken = default);

    /// <summary>Begins an empty index beside this one, which serves and takes in records as before until the switch.</summary>
    /// <exception cref="InvalidOperationException">One is being built already.</exception>
    Task<IAuditRebuild> BeginRebuildAsync(CancellationToken cancellationToken = default);
}
