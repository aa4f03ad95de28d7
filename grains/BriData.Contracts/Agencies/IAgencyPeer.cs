using System.Collections.Immutable;
using Orleans.Concurrency;

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

    /// <summary>The data sets a country may see; refused when they cannot be told now.</summary>
    /// <param name="viewerCountry">Country of the caller, whom the asking grain has recognised.</param>
    [AlwaysInterleave, Alias("list-datasets")]
    Task<Reply<DataSetList>> ListDataSetsAsync(string viewerCountry);

    /// <summary>What data derived from one of the agency's data sets inherits.</summary>
    /// <param name="slug">Last part of the data set's identifier.</param>
    [AlwaysInterleave, Alias("source")]
    Task<Reply<InheritedClassification>> GetSourceAsync(string slug);

    /// <summary>The totals as they are now, without effect.</summary>
    [AlwaysInterleave, Alias("preview-totals")]
    Task<Reply<TotalsAnswer>> PreviewTotalsAsync(TotalsQuery query);

    /// <summary>
    /// Counts the persons of a transfer that is about to be decided, durably, and returns the totals. From then on every
    /// other transfer sees them, until the reservation is settled. Repeating it replaces the reservation.
    /// </summary>
    /// <param name="reservation"><c>{agreement}/{operation key}</c>.</param>
    /// <param name="query">The totals and the persons.</param>
    [AlwaysInterleave, Alias("reserve-totals")]
    Task<Reply<TotalsAnswer>> ReserveTotalsAsync(string reservation, TotalsQuery query);

    /// <summary>
    /// Tells what became of a reservation. Only saves time: the agency asks for the outcome of what stays open. Ignored
    /// when there is no such reservation.
    /// </summary>
    /// <param name="reservation">Name of the reservation.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="transfer">The transfer it was made for, whose trail then leads here; null for a request that was never decided.</param>
    [AlwaysInterleave, Alias("settle-totals")]
    Task<Reply<bool>> SettleTotalsAsync(string reservation, TotalsOutcome outcome, string? transfer);
}
