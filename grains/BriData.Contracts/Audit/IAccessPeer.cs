using Orleans.Concurrency;

namespace BriData.Contracts.Audit;

/// <summary>Puts on record what auditors of a country read. Key: ISO 3166-1 alpha-2.</summary>
[SiloOnly, Alias("bridata.access-peer")]
public interface IAccessPeer : IGrainWithStringKey
{
    /// <summary>
    /// Returns once the access is on the ledger <c>access/{cc}</c>, or an entry that still covers it is; a refusal when it
    /// cannot be written, and then nothing may be shown (I1).
    /// </summary>
    [AlwaysInterleave, Alias("record")]
    Task<Reply<ReceiptReference>> RecordAsync(AuditAccess access);
}
