using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Contracts.Transfers;
using Orleans.Concurrency;

namespace BriData.Contracts.Agreements;

/// <summary>What countries and agencies tell an agreement. Key: the agreement identifier.</summary>
[SiloOnly, Alias("bridata.agreement-peer")]
public interface IAgreementPeer : IGrainWithStringKey
{
    /// <summary>
    /// Takes a country's newer context; returns once it is on the agreement's ledger, so that every later decision uses it
    /// and any stale activation is fenced off. An older context is ignored.
    /// </summary>
    [AlwaysInterleave, Alias("country-changed")]
    Task<Reply<bool>> CountryChangedAsync(CountryContext context);

    /// <summary>Likewise for an agency.</summary>
    [AlwaysInterleave, Alias("agency-changed")]
    Task<Reply<bool>> AgencyChangedAsync(AgencyContext context);

    /// <summary>Whether the caller is of a party, for a grain that puts an auditor's reading on record itself; else as <see cref="IAgreementGrain.GetAsync"/> refuses.</summary>
    [AlwaysInterleave, Alias("check-party")]
    Task<Reply<bool>> CheckPartyAsync(Caller caller);

    /// <summary>A transfer as its parties see it, for a grain that puts an auditor's reading of it on record itself.</summary>
    [AlwaysInterleave, Alias("transfer")]
    Task<Reply<TransferView>> FindTransferAsync(Caller caller, long number);

    /// <summary>What data derived from a delivered transfer inherits.</summary>
    /// <param name="number">Number of the transfer.</param>
    /// <param name="dataSet">The data set it must be of.</param>
    /// <param name="importer">The agency that must have received it.</param>
    [AlwaysInterleave, Alias("received")]
    Task<Reply<InheritedClassification>> GetReceivedAsync(long number, string dataSet, string importer);

    /// <summary>What became of the request with this operation key, for the totals reserved for it.</summary>
    /// <param name="key">SHA-256, lower hex.</param>
    [AlwaysInterleave, Alias("totals-outcome")]
    Task<Reply<TotalsOutcome>> GetTotalsOutcomeAsync(string key);
}
