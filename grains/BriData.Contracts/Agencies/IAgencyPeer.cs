using System.Collections.Immutable;

namespace BriData.Contracts.Agencies;

/// <summary>What other grains ask of an agency. Key: <c>CN/customs</c>.</summary>
[SiloOnly, Alias("bridata.agency-peer")]
public interface IAgencyPeer : IGrainWithStringKey
{
    /// <summary>
    /// Ties an agreement to the agency, durably, and returns what the agreement must know. From then on changes are
    /// pushed to it. Idempotent. Refused with <see cref="ErrorCodes.UnknownAgency"/> when there is no such agency.
    /// </summary>
    [Alias("link")]
    Task<Reply<AgencyContext>> LinkAgreementAsync(string agreement, ImmutableArray<string> parties);

    /// <summary>
    /// Unties a terminated agreement, durably: its parties no longer see the agency's data sets on its account (I10).
    /// Idempotent.
    /// </summary>
    [Alias("unlink")]
    Task<Reply<bool>> UnlinkAgreementAsync(string agreement);
}
