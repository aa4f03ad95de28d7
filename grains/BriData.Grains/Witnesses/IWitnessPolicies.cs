using BriData.Ledger;
using BriData.Ledger.Witnesses;

namespace BriData.Grains.Witnesses;

/// <summary>Which witnesses each ledger needs.</summary>
public interface IWitnessPolicies
{
    /// <summary>The policy of every ledger that has one, as of the durable entries. One caller at a time.</summary>
    /// <exception cref="BriData.Ledger.Storage.LedgerStoreException">A country's ledger cannot be read.</exception>
    Task<IReadOnlyDictionary<LedgerId, WitnessPolicy>> CurrentAsync(CancellationToken cancellationToken = default);
}
