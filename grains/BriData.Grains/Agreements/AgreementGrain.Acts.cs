using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Contracts.Transfers;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Agreements;

/// <content>What persons do to a transfer after it was decided.</content>
internal sealed partial class AgreementGrain
{
    private readonly Dictionary<long, TransferState> _closed = [];
    private readonly Queue<long> _closedOrder = new();

    public async Task<Reply<TransferView>> GetTransferAsync(Caller caller, long number)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var view = await ViewAsync(found.Value.Transfer);
        return view.IsOk && await accesses.RecordTransferAsync(found.Value.Who, AccessKinds.Transfer, view.Value.Id) is { } refusal ? refusal : view;
    }

    public async Task<Reply<TransferView>> FindTransferAsync(Caller caller, long number)
    {
        var found = await FindAsync(caller, number);
        return found.IsOk ? await ViewAsync(found.Value.Transfer) : found.Refusal;
    }

    public async Task<Reply<TransferView>> ActAsync(Caller caller, Operation operation, long number, TransferAct act, string? reason)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var who = found.Value.Who;
        return await OnceAsync(who, operation, Act, (entry, stored) => ReplayAsync(found.Value.Transfer, entry, stored));

        async Task<Reply<TransferView>> Act(Hash256 key)
        {
            string[] held = [.. found.Value.Transfer.TextKeys ?? []];
            var (textKey, noKey) = await TextKeyAsync(reason, held);
            if (textKey is not null && held.Contains(textKey.Id) && State.Open.GetValueOrDefault(number)?.TextKeys?.Contains(textKey.Id) != true)
            {
                // An erasure was recorded meanwhile and destroys that key: nothing new is sealed under it.
                (textKey, noKey) = await TextKeyAsync(reason);
            }

            if (noKey is not null)
            {
                return noKey;
            }

            // INVARIANT: no await between here and the append; what is checked still holds when it is recorded.
            if (!State.Open.TryGetValue(number, out var transfer))
            {
                return new Refusal(ErrorCodes.WrongState, $"The transfer is {found.Value.Transfer.Status}.");
            }

            if ((MayAct(who, transfer, act) ?? NotInForce()) is { } refusal)
            {
                return refusal;
            }

            var texts = PrivateTexts.Under(textKey);
            var commitment = texts.Commit("reason", reason);
            ImmutableArray<string> pending = [.. transfer.ApprovalsPending ?? []];
            var others = pending.Remove(who.Country);
            EventData data = act switch
            {
                TransferAct.Approve => new TransferApproved(
                    who.Country, commitment, new TransferAfter(others.IsEmpty ? TransferStatus.Approved : TransferStatus.PendingApproval, others), texts.KeyName),
                TransferAct.Reject => new TransferRejected(who.Country, commitment, new TransferAfter(TransferStatus.Rejected, []), texts.KeyName),
                TransferAct.Withdraw => new TransferWithdrawn(commitment, new TransferAfter(TransferStatus.Withdrawn, []), texts.KeyName),
                TransferAct.Accept => new TransferAccepted(commitment, new TransferAfter(TransferStatus.Accepted, []), texts.KeyName),
                _ => new TransferRefused(commitment, new TransferAfter(TransferStatus.RefusedByRecipient, []), texts.KeyName),
            };
            var receipt = await AppendAsync(Event(who, operation, data, transfer), key, texts);
            return await RecordedAsync(receipt, () => ViewAsync(transfer));
        }
    }

    /// <summary>The answer to an act as it was given: the transfer as the act left it.</summary>
    private async Task<Reply<TransferView>> ReplayAsync(TransferState transfer, LedgerEvent entry, StoredEntry stored)
    {
        if (entry.Data is not TransferActed { After: var after } || entry.Transfer != new TransferId(Id, transfer.Number).ToString())
        {
            return new Refusal(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was used for another request.");
        }

        var now = await ViewAsync(transfer);
        return now.IsOk
            ? now.Value with
            {
                Status = after.Status,
                ApprovalsPending = after.ApprovalsPending,
                Payload = after.Status is TransferStatus.Approved or TransferStatus.PendingApproval ? null : now.Value.Payload,
                LastReceipt = ReceiptOf(stored.Index, stored.LeafHash),
                Erasures = [.. now.Value.Erasures.Where(e => e.Index <= stored.Index)],
            }
            : now.Refusal;
    }

    private Refusal? MayAct(CallerIdentity who, TransferState transfer, TransferAct act)
    {
        var (right, ready) = act switch
        {
            TransferAct.Approve or TransferAct.Reject => (Rights.Role(who, CallerRoles.Approver), transfer.Status == TransferStatus.PendingApproval),
            TransferAct.Withdraw => (Rights.OfAgency(who, transfer.RequestedByAgency), transfer.Status != TransferStatus.Delivered),
            _ => (Rights.OfAgency(who, transfer.Importer), transfer.Status == TransferStatus.Delivered),
        };
        return right
            ?? (ready ? null : new Refusal(ErrorCodes.WrongState, $"The transfer is {transfer.Status}."))
            ?? (act is TransferAct.Approve or TransferAct.Reject ? MayApprove(who, transfer) : null);
    }

    private Refusal? MayApprove(CallerIdentity who, TransferState transfer)
    {
        if (transfer.ApprovalsPending?.Contains(who.Country) != true)
        {
            return new Refusal(ErrorCodes.NotYourCountry, $"No approval of {who.Country} is awaited.");
        }

        return transfer.RequestedBy == Services.Officers.Of(who)
            ? new Refusal(ErrorCodes.SecondPersonNeeded, "The officer who asked for a transfer cannot approve it.")
            : null;
    }

    private Refusal? NotInForce() =>
        State.Status == "inForce" ? null : new Refusal(ErrorCodes.AgreementNotInForce, $"'{Id}' is {State.Status}.");

    /// <summary>The transfer, if the caller's side has a part in it; expired first when its time is over.</summary>
    private async Task<Reply<Found>> FindAsync(Caller caller, long number)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal.Code == ErrorCodes.UnknownAgreement ? UnknownTransfer(number) : officer.Refusal;
        }

        if (Rights.NotAsRegulator(officer.Value) is { } limited)
        {
            return limited;
        }

        // INVARIANT: an entry is made for those only who may see that there is something to expire.
        var expired = State.Open.TryGetValue(number, out var open) && MaySee(officer.Value, open) ? await ExpireIfDueAsync(number) : null;
        if ((expired ?? await CommittedStateAsync()) is { } unavailable)
        {
            return unavailable;
        }

        try
        {
            // Closed and not indexed yet is waited for, rather than told: to whom it is not visible it is like no transfer at all.
            var transfer = await LookUpAsync(number);
            if (transfer is null && number < State.NextNumber)
            {
                if (await gate.EnsureCurrentAsync(Ledger) is { } behind)
                {
                    return behind;
                }

                transfer = await LookUpAsync(number);
            }

            return transfer is not null && MaySee(officer.Value, transfer) ? new Found(officer.Value, transfer) : UnknownTransfer(number);
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
    }

    /// <summary>An officer sees the own agency's transfers; approvers, auditors and administrators those of their country.</summary>
    private static bool MaySee(CallerIdentity who, TransferState transfer) =>
        (who.Roles & (CallerRoles.Approver | CallerRoles.Auditor | CallerRoles.Admin)) != 0
            ? transfer.Exporter.StartsWith(who.Country, StringComparison.Ordinal) || transfer.Importer.StartsWith(who.Country, StringComparison.Ordinal)
            : who.Agency == transfer.Exporter || who.Agency == transfer.Importer;

    /// <summary>The transfer, from memory or the audit index; null when there is none, or it is closed and not indexed yet.</summary>
    private async ValueTask<TransferState?> LookUpAsync(long number) =>
        State.Open.GetValueOrDefault(number)
        ?? _closed.GetValueOrDefault(number)
        ?? (number < State.NextNumber ? await ReadClosedAsync(number) : null);

    private async Task<TransferState?> ReadClosedAsync(long number)
    {
        TransferState? transfer = null;
        foreach (var record in await index.GetTrailAsync(new TransferId(Id, number).ToString(), visibleTo: null))
        {
            // The exporter's ledger says what its totals came to; the transfer's life is on this one.
            if (record.Ledger != Ledger)
            {
                continue;
            }

            var entry = EventDecoder.Decode((await ReadEntryAsync(record.Index))!.Value.Body);
            if (entry.Data is TransferRequested requested)
            {
                transfer = TransferState.From(entry, requested, [], record.Index);
            }
            else
            {
                transfer?.Apply(entry, record.Index);
            }
        }

        if (transfer is not null && State.Terminated && TransferStatus.IsOpen(transfer.Status))
        {
            transfer.Status = TransferStatus.Stopped;
        }

        return transfer is not null && !TransferStatus.IsOpen(transfer.Status) ? transfer : null;
    }

    private async Task<Reply<TransferView>> ViewAsync(TransferState transfer)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        var request = (await ReadEntryAsync(transfer.RequestIndex))!.Value;
        var last = transfer.LastIndex == transfer.RequestIndex ? request : (await ReadEntryAsync(transfer.LastIndex))!.Value;
        return new TransferView(
            new TransferId(Id, transfer.Number).ToString(),
            transfer.Status,
            transfer.DataSet,
            transfer.Exporter,
            transfer.Importer,
            transfer.Purpose,
            transfer.RequestedAt,
            transfer.ExpiresAt,
            transfer.ApprovalsPending is null ? [] : [.. transfer.ApprovalsPending],
            transfer.Payload is { } payload ? new PayloadView(payload.Size, payload.Sha256, payload.MediaType) : null,
            new JsonText(EventDecoder.Decode(request.Body).Decision),
            ReceiptOf(request.Index, request.LeafHash),
            ReceiptOf(last.Index, last.LeafHash))
        {
            Erasures = [.. (transfer.Erasures ?? []).Select(e => new ErasureView(e.Index, e.At, [.. e.Classes], e.Rule, e.Days, e.DestroyedAt))],
        };
    }

    private void RememberClosed(TransferState transfer)
    {
        if (_closed.TryAdd(transfer.Number, transfer))
        {
            _closedOrder.Enqueue(transfer.Number);
        }

        while (_closedOrder.Count > Services.Options.ClosedTransfersInMemory)
        {
            _closed.Remove(_closedOrder.Dequeue());
        }
    }

    private Refusal UnknownTransfer(long number) => new(ErrorCodes.UnknownTransfer, $"There is no transfer '{new TransferId(Id, number)}'.");

    private sealed record Found(CallerIdentity Who, TransferState Transfer);
}
