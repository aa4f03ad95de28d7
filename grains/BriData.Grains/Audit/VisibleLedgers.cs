using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Grains.EventSourcing;
using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Grains.Audit;

/// <summary>Which ledgers concern a country: what it finds, exports, lists and holds keys for is decided by this one set (I10).</summary>
internal sealed class VisibleLedgers(IAuditIndex index, IGrainFactory grains)
{
    /// <summary>Its own, those of the agreements it has signed, and those with an indexed entry to which it is a party, as a draft of which it is one.</summary>
    /// <returns>A refusal while the country itself or the index cannot be read: a set that lacks something is never given for a whole one.</returns>
    public async Task<Reply<ImmutableHashSet<LedgerId>>> OfAsync(string country)
    {
        var members = await grains.GetGrain<ICountryPeer>(country).GetMembersAsync();
        if (!members.IsOk)
        {
            return members.Refusal;
        }

        var ledgers = ImmutableHashSet.CreateBuilder<LedgerId>();
        try
        {
            ledgers.UnionWith(await index.LedgersOfAsync(country));
        }
        catch (AuditIndexException e)
        {
            return LedgerRefusals.From(e);
        }

        ledgers.UnionWith([LedgerId.Parse($"access/{country}"), LedgerId.Parse($"country/{country}")]);
        ledgers.UnionWith(members.Value.Agencies.Select(slug => LedgerId.Parse($"agency/{country}.{slug}")));
        ledgers.UnionWith(members.Value.Agreements.Select(static id => LedgerId.Parse($"agreement/{id}")));
        return ledgers.ToImmutable();
    }
}
