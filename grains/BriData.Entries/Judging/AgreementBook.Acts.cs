using System.Collections.Frozen;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Policy.Decisions;

namespace BriData.Entries.Judging;

/// <content>What happens to a transfer after the decision.</content>
internal sealed partial class AgreementBook
{
    /// <summary>How late an act may be recorded: its officer asked in time, and was answered while the ledger was busy.</summary>
    private static readonly TimeSpan ActTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Which entries may follow which status; what is not listed here is final.</summary>
    private static readonly FrozenDictionary<string, string[]> Follows = new Dictionary<string, string[]>
    {
        ["transfer.approved"] = [TransferStatus.PendingApproval],
        ["transfer.rejected"] = [TransferStatus.PendingApproval],
        ["transfer.withdrawn"] = [TransferStatus.PendingApproval, TransferStatus.Permitted, TransferStatus.Approved, TransferStatus.PayloadDeposited],
        ["payload.deposited"] = [TransferStatus.Permitted, TransferStatus.Approved],
        ["payload.released"] = [TransferStatus.PayloadDeposited, TransferStatus.Delivered],
        ["transfer.accepted"] = [TransferStatus.Delivered],
        ["transfer.refused"] = [TransferStatus.Delivered],
        ["transfer.stopped"] = [TransferStatus.Permitted, TransferStatus.Approved, TransferStatus.PayloadDeposited, TransferStatus.Delivered],

        // The sweep lists what is due and then records it one by one: meanwhile another call may have recorded the same, or
        // the agreement may have ended.
        ["transfer.expired"] =
        [
            TransferStatus.PendingApproval, TransferStatus.Permitted, TransferStatus.Approved, TransferStatus.PayloadDeposited, TransferStatus.Delivered,
            TransferStatus.Expired, TransferStatus.Stopped,
        ],
    }.ToFrozenDictionary();

    private readonly Dictionary<long, TransferRecord> _open = [];

    // By number. There may be millions, so only what a later erasure is judged by is kept.
    private readonly Dictionary<long, ClosedTransfer> _closed = [];

    private static void Approved(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        var approved = (TransferApproved)e.Event.Data;
        book.Approver(e, transfer, approved.Country);
        transfer.Pending.Remove(approved.Country);
        transfer.Status = transfer.Pending.Count == 0 ? TransferStatus.Approved : TransferStatus.PendingApproval;
        After(e, transfer, approved);
    }

    private static void Rejected(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        var rejected = (TransferRejected)e.Event.Data;
        book.Approver(e, transfer, rejected.Country);
        Ended(e, transfer, TransferStatus.Rejected, rejected);
    }

    private static void Withdrawn(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        book.RequireInForce(e);
        RequireAgency(e, transfer.RequestedBy.Agency);
        Ended(e, transfer, TransferStatus.Withdrawn, (TransferActed)e.Event.Data);
    }

    private static void Accepted(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        book.RequireInForce(e);
        RequireAgency(e, transfer.Importer);
        Ended(e, transfer, TransferStatus.Accepted, (TransferActed)e.Event.Data);
    }

    private static void Refused(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        book.RequireInForce(e);
        RequireAgency(e, transfer.Importer);
        Ended(e, transfer, TransferStatus.RefusedByRecipient, (TransferActed)e.Event.Data);
    }

    private static void Expired(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        e.Require(transfer.ExpiresAt <= e.Event.At, JudgeCodes.WrongDate, $"The transfer ends at {transfer.ExpiresAt:O}, not yet at {e.Event.At:O}.");
        transfer.Status = TransferStatus.Expired;
    }

    private static void Stopped(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        e.Require(e.By.Agency == transfer.Exporter || e.By.Agency == transfer.Importer, JudgeCodes.WrongActor, $"{e.By.Agency ?? e.By.Country} has no part in the transfer.");
        var recorded = e.Outcome;
        e.Require(
            recorded == "Deny" || (recorded == "ApprovalRequired" && RecordedDecision.ApprovingCountries(e.Event.Decision).Except(transfer.ApprovalsAsked).Any()), JudgeCodes.Unlawful, $"An outcome of {recorded} gives no reason to stop the transfer.");
        e.Require(((TransferStopped)e.Event.Data).Cause == e.Code, JudgeCodes.StatusDiffers, "The cause is not the code of the decision.");
        if (!book.Blocked())
        {
            book.Repeat(e);
        }

        transfer.Status = TransferStatus.Stopped;
    }

    private static void Deposited(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        var payload = (PayloadDeposited)e.Event.Data;
        book.RequireInForce(e);
        RequireAgency(e, transfer.Exporter);
        e.Require(payload.Jurisdiction == transfer.Exporter[..2], JudgeCodes.PayloadDiffers, $"The payload rests in {payload.Jurisdiction}, not in {transfer.Exporter[..2]}.");
        e.Require(payload.Size >= 0 && payload.Size <= (book._terms!.MaxPayloadBytes ?? long.MaxValue), JudgeCodes.PayloadDiffers, $"A payload of {payload.Size} bytes is not within the terms.");
        RequireHash(e, payload.Sha256);
        e.Require(payload.PayloadKey is not null, JudgeCodes.ValueNotSealed, "The payload is sealed under no key of its own.");
        book.RequireLawful(e, transfer);
        transfer.Payload = payload;
        transfer.Status = TransferStatus.PayloadDeposited;
    }

    private static void Collected(AgreementBook book, JudgedEntry e, TransferRecord transfer)
    {
        var released = (PayloadReleased)e.Event.Data;
        book.RequireInForce(e);
        RequireAgency(e, transfer.Importer);
        if (transfer.Payload is { } payload)
        {
            e.Require(released.Sha256 == payload.Sha256, JudgeCodes.PayloadDiffers, "Another payload than the deposited one is released.");
            var whole = payload.Size == 0 && released is { First: 0, Last: -1 };
            e.Require(whole || (released.First >= 0 && released.First <= released.Last && released.Last < payload.Size), JudgeCodes.PayloadDiffers, $"Bytes {released.First} to {released.Last} of a payload of {payload.Size} bytes are released.");
        }

        book.RequireLawful(e, transfer);
        transfer.Status = TransferStatus.Delivered;
    }

    private static void Ended(JudgedEntry e, TransferRecord transfer, string status, TransferActed act)
    {
        transfer.Status = status;
        transfer.Pending.Clear();
        After(e, transfer, act);
    }

    private static void After(JudgedEntry e, TransferRecord transfer, TransferActed act) =>
        e.Require(
            act.After.Status == transfer.Status && act.After.ApprovalsPending.SequenceEqual(transfer.Pending),
            JudgeCodes.AfterDiffers,
            $"The act leads to '{transfer.Status}' with approvals of {string.Join(", ", transfer.Pending.DefaultIfEmpty("nobody"))} missing; the entry says '{act.After.Status}' and {string.Join(", ", act.After.ApprovalsPending.DefaultIfEmpty("nobody"))}.");

    private static void RequireAgency(JudgedEntry e, string? agency) =>
        e.Require(e.By.Agency == agency, JudgeCodes.WrongActor, $"Only {agency} may do this, not {e.By.Agency ?? e.By.Country}.");

    private void Acted(JudgedEntry e, Action<AgreementBook, JudgedEntry, TransferRecord> judge)
    {
        if (!TransferId.TryParse(e.Event.Transfer, out var id) || id.Agreement != _id)
        {
            e.Find(JudgeCodes.EnvelopeDiffers, $"'{e.Event.Transfer}' is no transfer of this agreement.");
            return;
        }

        if (!_open.TryGetValue(id.Number, out var transfer))
        {
            var known = _closed.TryGetValue(id.Number, out var closed);
            var may = known && Follows[e.Kind].Contains(closed.Status);
            e.Require(may, known ? JudgeCodes.WrongState : JudgeCodes.UnknownTransfer, known ? $"The transfer is {closed.Status}: nothing of this kind may follow." : $"Nobody has asked for the transfer '{id}'.");
            return;
        }

        var same = e.Event.DataSet == transfer.DataSet && e.Event.Exporter == transfer.Exporter && e.Event.Importer == transfer.Importer;
        e.Require(same, JudgeCodes.EnvelopeDiffers, "Data set, exporter and importer are not those that were asked for.");
        e.Require(Follows[e.Kind].Contains(transfer.Status), JudgeCodes.WrongState, $"The transfer is {transfer.Status}: nothing of this kind may follow.");
        e.Require(e.Event.By is null || e.Event.At - transfer.ExpiresAt < ActTolerance, JudgeCodes.TooLate, $"The transfer has ended at {transfer.ExpiresAt:O}.");
        judge(this, e, transfer);
        TakeTextKey(e, transfer);
        Keep(transfer, e.Event.At);
    }

    private static void TakeTextKey(JudgedEntry e, TransferRecord transfer)
    {
        if (PrivateField.Of(e.Event.Data)?.Key is { } key)
        {
            transfer.TextKeys.Add(key);
        }
    }

    private void Approver(JudgedEntry e, TransferRecord transfer, string country)
    {
        RequireInForce(e);
        e.Require(e.By.Country == country, JudgeCodes.WrongActor, $"An officer of {e.By.Country} acts for {country}.");
        e.Require(transfer.Pending.Contains(country), JudgeCodes.WrongActor, $"No approval of {country} is awaited.");
        e.Require(e.By.Officer != transfer.RequestedBy.Officer, JudgeCodes.SecondPersonNeeded, "The officer who asked for the transfer decides on its approval.");
    }

    private void RequireInForce(JudgedEntry e) => e.Require(Status == "inForce", JudgeCodes.NotInForce, $"The agreement is {Status}.");

    /// <summary>Nothing is handed over that what governs at that instant forbids.</summary>
    private void RequireLawful(JudgedEntry e, TransferRecord transfer)
    {
        // A decision rests on what governs and on the day, so under the same of both it is still the one already made.
        if (_undocumented.Count == 0 && transfer.LookedAt != (_governing, e.Day))
        {
            transfer.LookedAt = (_governing, e.Day);
            var decision = _fold.DecideNow(e.Event);
            var another = decision.Approvals.Select(a => a.Country).Except(transfer.ApprovalsAsked);
            e.Require(
                decision.Outcome != DecisionOutcome.Deny && !another.Any(),
                JudgeCodes.Unlawful,
                $"What governed at that time gives {decision.Outcome} ({decision.Code}); approvals needed that the request was not asked for: {string.Join(", ", another.DefaultIfEmpty("none"))}.");
        }
    }

    private void Keep(TransferRecord transfer, DateTimeOffset at)
    {
        if (transfer.Status is TransferStatus.PendingApproval or TransferStatus.Permitted or TransferStatus.Approved or TransferStatus.PayloadDeposited or TransferStatus.Delivered)
        {
            _open[transfer.Number] = transfer;
        }
        else
        {
            _open.Remove(transfer.Number);
            _closed[transfer.Number] = ClosedTransfer.Of(transfer, transfer.Status, at);
        }
    }

    private void StopAll(DateTimeOffset at)
    {
        foreach (var transfer in _open.Values)
        {
            _closed[transfer.Number] = ClosedTransfer.Of(transfer, TransferStatus.Stopped, at);
        }

        _open.Clear();
    }
}
