using Orleans.Concurrency;

namespace BriData.Contracts.Countries;

/// <summary>What other grains ask of a country. Key: ISO 3166-1 alpha-2.</summary>
[SiloOnly, Alias("bridata.country-peer")]
public interface ICountryPeer : IGrainWithStringKey
{
    /// <summary>Takes an agency into the register of members. Idempotent.</summary>
    [Alias("enrol")]
    Task<Reply<bool>> EnrolAgencyAsync(string slug);

    /// <summary>
    /// Ties an agreement to the country, durably, and returns what the agreement must know. From then on changes are
    /// pushed to it. Idempotent.
    /// </summary>
    [Alias("link")]
    Task<Reply<CountryContext>> LinkAgreementAsync(string agreement);

    /// <summary>Records a refusal that no agreement's ledger covers.</summary>
    [AlwaysInterleave, Alias("refusal")]
    Task<Reply<bool>> RecordRefusalAsync(RefusedRequest refused);

    /// <summary>Its agencies and agreements; refused when they cannot be told now.</summary>
    [AlwaysInterleave, Alias("members")]
    Task<Reply<CountryMembers>> GetMembersAsync();
}
