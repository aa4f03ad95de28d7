namespace BriData.Contracts.Audit;

/// <summary>Search over the ledgers of which the caller's country is a party. Key: 0.</summary>
[Alias("bridata.audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first; an auditor of a party. The token gives the search up.</summary>
    [Alias("search")]
    Task<Reply<AuditPageView>> SearchAsync(Caller caller, AuditQuestion question, CancellationToken cancellationToken = default);

    /// <summary>Every entry of one transfer, oldest first, as recorded.</summary>
    [Alias("trail")]
    Task<Reply<AuditTrailView>> GetTrailAsync(Caller caller, string transfer);
}
