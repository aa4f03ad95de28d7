using BriData.Ledger;
using BriData.Ledger.Witnesses;

namespace BriData.Grains.Witnesses;

/// <summary>Which witnesses each ledger needs.</summary>
public interface IWitnessPolicies
{
    /// <summary>
    /// The policy of every ledger that has one, as of the durable entries that can be read: what cannot be read of one country is
    /// logged, and its part stays as it was. One caller at a time.
    /// </summary>
    Task<IReadOnlyDictionary<LedgerId, WitnessPolicy>> CurrentAsync(CancellationToken cancellationToken = default);
}
