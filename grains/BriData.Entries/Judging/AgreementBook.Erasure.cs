using BriData.Entries.Transfers;

namespace BriData.Entries.Judging;

/// <content>What is erased of a transfer, by whom or under which rule, and that it was done.</content>
internal sealed partial class AgreementBook
{
    /// <summary>Erasures on record that are not completed, by index.</summary>
    private readonly Dictionary<long, (long Number, bool Payload)> _erasing = [];

    private void Erased(JudgedEntry e, TransferErased erased)
    {
        if (!TransferId.TryParse(e.Event.Transfer, out var id) || id.Agreement != _id || Ended(e, id.Number) is not { } transfer)
        {
            e.Find(JudgeCodes.UnknownTransfer, $"Nobody has asked for the transfer '{e.Event.Transfer}', or it is still open.");
            return;
        }

        e.Require(transfer.IsOf(e.Event.DataSet, e.Event.Exporter, e.Event.Importer), JudgeCodes.EnvelopeDiffers, "Data set, exporter and importer are not those that were asked for.");
        RequireRule(e, erased, transfer);
        var left = Take(e, erased, transfer);
        var expected = erased.Classes.Contains(RetentionClass.Payload) && TransferStatus.IsReceived(transfer.Status) ? TransferStatus.Erasing : transfer.Status;
        e.Require(erased.Status == expected, JudgeCodes.AfterDiffers, $"The erasure leads to '{expected}'; the entry says '{erased.Status}'.");
        left = left with { Status = expected, TextKeys = left.TextKeys + (erased.TextKey is { } reason ? ErasableMark.Of(reason) : 0) };
        _erasing[e.Index] = (id.Number, erased.Classes.Contains(RetentionClass.Payload));
        if (expected != TransferStatus.Delivered)
        {
            _open.Remove(id.Number);
            _closed[id.Number] = left;
        }
        else
        {
            _open[id.Number].TextKeys.ExceptWith(erased.Keys);
            TakeTextKey(e, _open[id.Number]);
        }
    }

    private void Completed(JudgedEntry e, ErasureCompleted completed)
    {
        var known = _erasing.Remove(completed.Erasure, out var erasure);
        e.Require(
            known && e.Event.Transfer == new TransferId(_id, erasure.Number).ToString(), JudgeCodes.WrongState, $"Entry {completed.Erasure} erases nothing of '{e.Event.Transfer}' that is not completed.");
        if (!known || Ended(e, erasure.Number) is not { } transfer)
        {
            return;
        }

        e.Require(transfer.IsOf(e.Event.DataSet, e.Event.Exporter, e.Event.Importer), JudgeCodes.EnvelopeDiffers, "Data set, exporter and importer are not those that were asked for.");
        if (erasure.Payload && transfer.Status == TransferStatus.Erasing)
        {
            _closed[erasure.Number] = transfer with { Status = TransferStatus.Erased };
        }
    }

    /// <summary>The transfer, if it is closed or delivered; null otherwise.</summary>
    private ClosedTransfer? Ended(JudgedEntry e, long number) =>
        _closed.TryGetValue(number, out var closed) ? closed
        : _open.TryGetValue(number, out var open) && open.Status == TransferStatus.Delivered ? ClosedTransfer.Of(open, open.Status, e.Event.At)
        : null;

    private void RequireRule(JudgedEntry e, TransferErased erased, in ClosedTransfer transfer)
    {
        if (erased.Rule == TransferErased.ByRequest && e.Event.By is { } by)
        {
            // Roles are not on record. An administrator has no agency, or one of the two.
            var side = by.Agency is null ? by.Country == transfer.Exporter[..2] || by.Country == transfer.Importer[..2] : by.Agency == transfer.Exporter || by.Agency == transfer.Importer;
            e.Require(side, JudgeCodes.WrongActor, $"{by.Agency ?? by.Country} has no part in the transfer.");
            e.Require(erased.Days is null && erased.Closed is null, JudgeCodes.InvalidMember, "An erasure by request rests on no number of days.");
            return;
        }

        if (!e.Require(erased.Rule == TransferErased.ByRetention && e.Event.By is null, JudgeCodes.WrongActor, $"The rule '{erased.Rule}' does not fit who acted."))
        {
            return;
        }

        var name = erased.Classes.Length == 1 ? erased.Classes[0] : "";
        var days = _terms!.Retention?.GetValueOrDefault(name)?.Days;
        e.Require(days is not null && erased.Days == days, JudgeCodes.InvalidMember, $"The terms keep '{name}' for {days} days; the entry says {erased.Days}.");
        e.Require(transfer.Status != TransferStatus.Delivered, JudgeCodes.WrongState, "Retention begins when a transfer closes.");
        e.Require(days is null || e.Event.At >= transfer.At.AddDays(days.Value), JudgeCodes.WrongDate, $"The transfer closed at {transfer.At:O}; {days} days are not over.");
        e.Require(erased.Closed is null || erased.Closed < e.Index, JudgeCodes.CounterGap, $"Entry {erased.Closed} does not come before this one.");
        e.Require(erased.Reason is null, JudgeCodes.InvalidMember, "The platform gives no reason.");
    }

    /// <summary>What is left of the transfer. The entry must name all keys of its classes, and no others.</summary>
    private static ClosedTransfer Take(JudgedEntry e, TransferErased erased, ClosedTransfer transfer)
    {
        var (payload, statements) = (erased.Classes.Contains(RetentionClass.Payload), erased.Classes.Contains(RetentionClass.Statements));
        e.Require(
            !erased.Classes.IsEmpty && erased.Classes.SequenceEqual(RetentionClass.All.Where(erased.Classes.Contains)), JudgeCodes.InvalidMember, $"'{string.Join(", ", erased.Classes)}' are no classes, or not in order.");
        var keys = erased.Keys.AsEnumerable();
        if (payload)
        {
            var key = erased.Payload is { } location && transfer.Payload == ErasableMark.Of(null, location) ? null : keys.FirstOrDefault();
            keys = key is null ? keys : keys.Skip(1);
            e.Require(
                transfer.Payload != 0 && erased.Payload is { } named && transfer.Payload == ErasableMark.Of(key, named), JudgeCodes.PayloadDiffers, "It is not the payload of the transfer that is erased.");
        }

        e.Require(payload || erased.Payload is null, JudgeCodes.PayloadDiffers, "A payload is named and not erased.");
        var texts = keys.Aggregate(0UL, (sum, key) => sum + ErasableMark.Of(key));
        e.Require(texts == (statements ? transfer.TextKeys : 0) && (texts != 0 || !statements), JudgeCodes.InvalidMember, "The keys are not those of what is erased.");
        return transfer with { Payload = payload ? 0 : transfer.Payload, TextKeys = statements ? 0 : transfer.TextKeys };
    }
}
