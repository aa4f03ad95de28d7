using System.Collections.Immutable;
using BriData.Contracts.Transfers;
using Orleans.Concurrency;

namespace BriData.Contracts.Agreements;

/// <summary>
/// A data-sharing agreement: its legal life, and every transfer under it. Key: the agreement identifier. Everything is on
/// the ledger <c>agreement/{id}</c> before the reply leaves (I1). To a caller whose country is no party, the agreement and
/// its transfers do not exist.
/// </summary>
[Alias("bridata.agreement")]
public interface IAgreementGrain : IGrainWithStringKey
{
    /// <summary>Stores the terms as a draft; an administrator of one of its parties.</summary>
    [Alias("draft")]
    Task<Reply<AgreementView>> DraftAsync(Caller caller, Operation operation, AgreementDocument document);

    [AlwaysInterleave, Alias("get")]
    Task<Reply<AgreementView>> GetAsync(Caller caller);

    /// <summary>Signs for the caller's country; the last signature brings the agreement into force.</summary>
    /// <param name="caller">An administrator of a party.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="signature">The act as a compact JWS; needed once the caller's country has a key.</param>
    [Alias("sign")]
    Task<Reply<AgreementView>> SignAsync(Caller caller, Operation operation, string? signature = null);

    /// <summary>Suspends, resumes or terminates. Only the country that suspended may resume; termination is final and stops open transfers.</summary>
    [Alias("change")]
    Task<Reply<AgreementView>> ChangeAsync(Caller caller, Operation operation, AgreementAct act, string reason, string? signature = null);

    /// <summary>The decision that <see cref="RequestTransferAsync"/> would take now, without effect.</summary>
    [AlwaysInterleave, Alias("preflight")]
    Task<Reply<TransferPreview>> PreflightAsync(Caller caller, TransferRequest request);

    /// <summary>
    /// Decides a request and records the decision. A repetition with the same operation key returns the recorded answer.
    /// Interleaves: it only decides in memory, enqueues, and awaits the commit.
    /// </summary>
    [AlwaysInterleave, Alias("request")]
    Task<Reply<TransferReply>> RequestTransferAsync(Caller caller, Operation operation, TransferRequest request);

    [AlwaysInterleave, Alias("get-transfer")]
    Task<Reply<TransferView>> GetTransferAsync(Caller caller, long number);

    /// <summary>Approves, rejects, withdraws, accepts or refuses a transfer, by the role each needs.</summary>
    [AlwaysInterleave, Alias("act")]
    Task<Reply<TransferView>> ActAsync(Caller caller, Operation operation, long number, TransferAct act, string? reason);

    /// <summary>
    /// Erases the payload or the texts of a transfer that is closed or delivered; the exporter's agency, or an administrator of
    /// either side's country. Recorded first; until the keys are destroyed the answer is
    /// <see cref="ErrorCodes.ErasurePending"/> and the same call may be repeated.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="number">Number of the transfer.</param>
    /// <param name="classes">What to erase, of <c>payload</c> and <c>statements</c>; null for everything.</param>
    /// <param name="reason">Why; kept beside the ledger, under a key of its own.</param>
    [Alias("erase")]
    Task<Reply<TransferView>> EraseTransferAsync(Caller caller, Operation operation, long number, ImmutableArray<string>? classes, string? reason);

    /// <summary>Finishes erasures that are on record, and those that are due; true when nothing is pending.</summary>
    [Alias("settle")]
    Task<Reply<bool>> SettleAsync();

    /// <summary>Checks that the caller may deposit the payload now, and says where it must rest. No effect.</summary>
    [AlwaysInterleave, Alias("may-deposit")]
    Task<Reply<DepositTicket>> MayDepositAsync(Caller caller, long number);

    /// <summary>Records a payload that is already at rest. Repeating it with the same content is a no-op.</summary>
    [AlwaysInterleave, Alias("deposit")]
    Task<Reply<DepositOutcome>> RecordDepositAsync(Caller caller, long number, PayloadDescriptor payload);

    /// <summary>Records that the payload is released to the importer and returns where to read it.</summary>
    [AlwaysInterleave, Alias("deliver")]
    Task<Reply<PayloadDescriptor>> RecordDeliveryAsync(Caller caller, long number, ByteRange? range);
}
