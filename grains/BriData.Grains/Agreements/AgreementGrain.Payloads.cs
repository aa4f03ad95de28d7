using BriData.Contracts;
using BriData.Contracts.Transfers;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Policy.Decisions;

namespace BriData.Grains.Agreements;

/// <content>Payloads: their bytes never pass through here, only their hash, size and place.</content>
internal sealed partial class AgreementGrain
{
    public async Task<Reply<DepositTicket>> MayDepositAsync(Caller caller, long number)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var transfer = found.Value.Transfer;

        if (transfer.PayloadErased && Rights.OfAgency(found.Value.Who, transfer.Exporter) is null)
        {
            return Erased(transfer);
        }

        // Who lost the reply to a deposit may send it again; other content is refused when it is recorded.
        var again = transfer.Payload is not null && Rights.OfAgency(found.Value.Who, transfer.Exporter) is null;
        return !again && MayDeposit(found.Value.Who, transfer) is { } refusal
            ? refusal
            : new DepositTicket(transfer.Exporter[..2], State.Document!.MaxPayloadBytes ?? Services.Options.MaxPayloadBytes);
    }

    public async Task<Reply<DepositOutcome>> RecordDepositAsync(Caller caller, long number, PayloadDescriptor payload)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (who, transfer) = (found.Value.Who, found.Value.Transfer);
        if (transfer.Payload is { } deposited && transfer.Exporter == who.Agency && deposited.Sha256 == payload.Sha256)
        {
            return transfer.PayloadErased ? Erased(transfer) : await OutcomeAsync(transfer);
        }

        if (MayDeposit(who, transfer) is { } refusal)
        {
            return refusal;
        }

        if (payload.Jurisdiction != transfer.Exporter[..2])
        {
            return new Refusal(ErrorCodes.InvalidField, $"The payload must rest in {transfer.Exporter[..2]}.");
        }

        var receipt = await AppendIfLawfulAsync(
            who,
            transfer,
            () => MayDeposit(who, transfer),
            new PayloadDeposited(payload.Size, payload.Sha256, payload.MediaType, payload.Jurisdiction, payload.Reference, payload.Key));
        return await RecordedAsync(receipt, () => OutcomeAsync(transfer));
    }

    public async Task<Reply<PayloadDescriptor>> RecordDeliveryAsync(Caller caller, long number, ByteRange? range)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (who, transfer) = (found.Value.Who, found.Value.Transfer);
        if (MayCollect(who, transfer) is { } refusal)
        {
            return refusal;
        }

        var payload = transfer.Payload!;
        var first = range?.First ?? 0;
        var last = Math.Min(range?.Last ?? long.MaxValue, payload.Size - 1);
        if (first < 0 || (first > last && payload.Size > 0))
        {
            return new Refusal(ErrorCodes.RangeNotSatisfiable, $"The payload has {payload.Size} bytes.");
        }

        var receipt = await AppendIfLawfulAsync(who, transfer, () => MayCollect(who, transfer), new PayloadReleased(payload.Sha256, first, last));
        return receipt.IsOk ? payload : receipt.Refusal;
    }

    private Refusal Erased(TransferState transfer) =>
        new(ErrorCodes.PayloadErased, $"The payload of '{new TransferId(Id, transfer.Number)}' was erased.");

    private async Task<Reply<DepositOutcome>> OutcomeAsync(TransferState transfer)
    {
        var view = await ViewAsync(transfer);
        return view.IsOk ? new DepositOutcome(view.Value, transfer.Payload!.Reference) : view.Refusal;
    }

    private Refusal? MayDeposit(CallerIdentity who, TransferState transfer) =>
        Rights.OfAgency(who, transfer.Exporter)
        ?? NotInForce()
        ?? (transfer.Status is TransferStatus.Permitted or TransferStatus.Approved
            ? null
            : new Refusal(ErrorCodes.WrongState, $"The transfer is {transfer.Status}."));

    private Refusal? MayCollect(CallerIdentity who, TransferState transfer) =>
        Rights.OfAgency(who, transfer.Importer)
        ?? (transfer.PayloadErased ? Erased(transfer) : null)
        ?? NotInForce()
        ?? (transfer.Status switch
        {
            TransferStatus.PayloadDeposited or TransferStatus.Delivered => null,
            TransferStatus.Permitted or TransferStatus.Approved or TransferStatus.PendingApproval => new Refusal(ErrorCodes.PayloadMissing, "No payload has been deposited yet."),
            _ => new Refusal(ErrorCodes.WrongState, $"The transfer is {transfer.Status}."),
        });

    /// <summary>
    /// Records an act unless the transfer is no longer lawful under what governs now: a suspension or a new rule stops a
    /// transfer that was permitted before it.
    /// </summary>
    private async Task<Reply<ReceiptReference>> AppendIfLawfulAsync(CallerIdentity who, TransferState transfer, Func<Refusal?> mayAct, EventData act)
    {
        var request = EventDecoder.Decode((await ReadEntryAsync(transfer.RequestIndex))!.Value.Body);
        var requested = (TransferRequested)request.Data;

        // INVARIANT: one reading of the clock, and no await between it and the append: what is recorded was lawful on its very day.
        if (mayAct() is { } refusal)
        {
            return refusal;
        }

        var at = Now;
        var decision = Rules.Decide(
            transfer.DataSet, transfer.Exporter, transfer.Importer, transfer.Purpose, TermsReader.Facts(requested.Facts), at, EventDay(at), requested.UsedThisYear, requested.Totals?.Facts ?? []);
        var needsAnotherApproval = decision.Approvals.Select(a => a.Country).Except(RecordedDecision.ApprovingCountries(request.Decision)).Any();
        if (decision.Outcome != DecisionOutcome.Deny && !needsAnotherApproval)
        {
            return await AppendAsync(Event(who, null, act, transfer) with { At = at });
        }

        var stopped = await AppendAsync(Event(who, null, new TransferStopped(decision.Code), transfer, DecisionEncoder.Encode(decision)) with { At = at });
        return stopped.IsOk
            ? new Refusal(ErrorCodes.TransferStopped, $"The transfer is stopped under what governs now: {decision.Reason}")
            : stopped.Refusal;
    }
}
