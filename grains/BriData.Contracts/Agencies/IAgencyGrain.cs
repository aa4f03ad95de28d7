using Orleans.Concurrency;

namespace BriData.Contracts.Agencies;

/// <summary>
/// An agency: its standing and its data sets, on the ledger <c>agency/{cc}.{slug}</c>. Key: <c>CN/customs</c>.
/// A suspension or a changed data set is answered only after every agreement that names the agency has it on its own
/// ledger (I4); until then the answer is <see cref="ErrorCodes.PublicationPending"/> and the call may be repeated.
/// </summary>
[Alias("bridata.agency")]
public interface IAgencyGrain : IGrainWithStringKey
{
    [AlwaysInterleave, Alias("get")]
    Task<Reply<AgencyView>> GetAsync();

    /// <summary>Registers or updates the agency; an administrator of its country.</summary>
    [Alias("put")]
    Task<Reply<AgencyView>> PutAsync(Caller caller, Operation operation, AgencyDocument document, int? ifMatch);

    [Alias("suspend")]
    Task<Reply<AgencyView>> SuspendAsync(Caller caller, Operation operation, string reason);

    [Alias("resume")]
    Task<Reply<AgencyView>> ResumeAsync(Caller caller, Operation operation, string reason);

    /// <summary>Registers or updates a data set; the agency itself, or an administrator of its country.</summary>
    [Alias("put-dataset")]
    Task<Reply<DataSetView>> PutDataSetAsync(Caller caller, Operation operation, string slug, DataSetDocument document, int? ifMatch);

    /// <summary>
    /// The running totals from a day on (null: 1 January of this year); the agency itself, or an administrator, approver or
    /// auditor of its country.
    /// </summary>
    [AlwaysInterleave, Alias("get-totals")]
    Task<Reply<TotalsView>> GetTotalsAsync(Caller caller, DateOnly? from);
}
