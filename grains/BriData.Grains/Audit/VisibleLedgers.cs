using BriData.Contracts.Countries;
using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Grains.Audit;

/// <summary>Which ledgers concern a country: what it finds, exports, lists and holds keys for is decided by this one set (I10).</summary>
internal sealed class VisibleLedgers(IAuditIndex index, IGrainFactory grains)
{
    /// <summary>Its own, those of the agreements it has signed, and those with an indexed entry to which it is a party, as a draft of which it is one.</summary>
    /// <exception cref="AuditIndexException">The index cannot be read.</exception>
    public async Task<IReadOnlySet<LedgerId>> OfAsync(string country)
    {
        var members = await grains.GetGrain<ICountryPeer>(country).GetMembersAsync();
        var ledgers = new HashSet<LedgerId>(await index.LedgersOfAsync(country))
        {
            LedgerId.Parse($"access/{country}"),
            LedgerId.Parse($"country/{country}"),
        };
        ledgers.UnionWith(members.Agencies.Select(slug => LedgerId.Parse($"agency/{country}.{slug}")));
        ledgers.UnionWith(members.Agreements.Select(static id => LedgerId.Parse($"agreement/{id}")));
        return ledgers;
    }
}
