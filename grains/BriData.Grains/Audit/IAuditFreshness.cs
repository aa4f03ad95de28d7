using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>Lets a search see everything that was acknowledged before it began.</summary>
public interface IAuditFreshness
{
    /// <summary>Completes when every entry that was durable at the call is indexed, but for those of the ledgers it returns.</summary>
    /// <returns>
    /// Ledgers that cannot be indexed to their end, because they are damaged or hold a malformed entry. The default value is among
    /// them when entries are missing of which nobody can tell whose they are.
    /// </returns>
    /// <exception cref="AuditIndexException">The index cannot be written.</exception>
    /// <exception cref="LedgerStoreException">The ledgers cannot be read.</exception>
    Task<IReadOnlySet<LedgerId>> EnsureCurrentAsync(CancellationToken cancellationToken = default);
}
