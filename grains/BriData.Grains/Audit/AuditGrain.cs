using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.Accesses;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger.Audit;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;
using Orleans.Concurrency;

namespace BriData.Grains.Audit;

/// <summary>Searches on behalf of an auditor; visibility is a condition of the query itself (I10).</summary>
[GrainType("bridata.audit"), StatelessWorker]
internal sealed class AuditGrain(
    CallerRecognition recognition, AuditReader reader, AuditGate gate, AccessRecorder recorder, PrivateTextReader texts) : Grain, IAuditGrain
{
    public async Task<Reply<AuditPageView>> SearchAsync(Caller caller, AuditQuestion question, CancellationToken cancellationToken = default)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (question.Limit is < 1 or > AuditQuery.MaxLimit)
        {
            return new Refusal(ErrorCodes.InvalidField, $"limit is 1 to {AuditQuery.MaxLimit}.");
        }

        if ((TooMuch(question) ?? await gate.EnsureCurrentAsync(auditor.Value.Country, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var page = await reader.SearchAsync(auditor.Value, Query(auditor.Value, question), cancellationToken);
            var recorded = await recorder.RecordAsync(
                auditor.Value, AccessKinds.Search, AccessRecorder.ConditionsOf(question), records: page.Items.Length);
            return recorded.IsOk ? new AuditPageView([.. page.Items.Select(Item)], page.Next) : recorded.Refusal;
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
        catch (FormatException)
        {
            return new Refusal(ErrorCodes.InvalidCursor, "The cursor is not one of this search.");
        }
    }

    public async Task<Reply<AuditTrailView>> GetTrailAsync(Caller caller, string transfer)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (await gate.EnsureCurrentAsync(auditor.Value.Country) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var entries = TransferId.TryParse(transfer, out _) ? await reader.TrailAsync(auditor.Value, transfer) : [];
            if (entries.Count == 0)
            {
                return new Refusal(ErrorCodes.UnknownTransfer, $"There is no transfer '{transfer}'.");
            }

            var recorded = await recorder.RecordAsync(auditor.Value, AccessKinds.Trail, transfer: transfer, records: entries.Count);
            return recorded.IsOk ? new AuditTrailView(transfer, await ViewAsync(auditor.Value, entries)) : recorded.Refusal;
        }
        catch (ValueKeyStoreException e)
        {
            return LedgerRefusals.From(e);
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
    }

    private async Task<ImmutableArray<AuditEntryView>> ViewAsync(CallerIdentity auditor, IReadOnlyList<ShownEntry> entries)
    {
        var views = ImmutableArray.CreateBuilder<AuditEntryView>(entries.Count);
        var erased = PrivateTextReader.ErasedIn(entries.Select(e => e.Stored));
        foreach (var entry in entries)
        {
            // A text is of the sides of the exchange; a regulator is shown none rather than asked whose it was.
            views.Add(View(entry) with { Texts = entry.Limited is null ? await texts.ReadAsync(auditor.Country, entry.Record.Ledger, entry.Stored, erased) : [] });
        }

        return views.MoveToImmutable();
    }

    private static AuditEntryView View(ShownEntry entry)
    {
        var receipt = new ReceiptReference(entry.Record.Ledger.Value, entry.Record.Index, entry.Stored.LeafHash.ToString());
        return entry.Limited is { } limited
            ? new AuditEntryView(receipt, limited.Entry, limited.Redacted)
            : new AuditEntryView(receipt, new JsonText(entry.Stored.Body));
    }

    /// <summary>Why a question asks for more than a search may cost, or null.</summary>
    internal static Refusal? TooMuch(AuditQuestion question) => question.Text is { } text && AuditText.IsTooMuch(text)
        ? Refusal.OfField("q", ErrorCodes.InvalidField, $"q has at most {AuditText.MaxWords} words and {AuditText.MaxLength} characters.")
        : null;

    internal static AuditQuery Query(CallerIdentity auditor, AuditQuestion question) => new()
    {
        VisibleTo = auditor.Country,
        Country = question.Country,
        Agency = question.Agency,
        Agreement = question.Agreement,
        DataSet = question.DataSet,
        Outcome = question.Outcome,
        Rule = question.Rule,
        Obligation = question.Obligation,
        Officer = question.Officer,
        Kind = question.Kind,
        Transfer = question.Transfer,
        From = question.From,
        To = question.To,
        Text = question.Text,
        Limit = question.Limit,
        Cursor = question.Cursor,
    };

    private static AuditItem Item(AuditRecord r) =>
        new(r.Ledger.Value, r.Index, r.At, r.Kind, r.Agreement, r.Transfer, r.DataSet, r.Agencies, r.Outcome, r.Rules, r.Obligations, r.Officer);
}
