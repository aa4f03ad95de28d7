namespace BriData.Contracts.Audit;

/// <summary>Shows what a country's auditors have read. Key: 0.</summary>
[Alias("bridata.accesses")]
public interface IAccessGrain : IGrainWithIntegerKey
{
    /// <summary>Accesses by the caller's country, newest first, straight from the ledger; an auditor or regulator.</summary>
    /// <param name="caller">The auditor.</param>
    /// <param name="cursor">Cursor of an earlier page, or null.</param>
    /// <param name="limit">1 to 500.</param>
    [Alias("list")]
    Task<Reply<AccessPage>> ListAsync(Caller caller, string? cursor, int limit);
}
