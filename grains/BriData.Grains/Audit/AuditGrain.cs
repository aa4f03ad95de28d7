using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Entries.Transfers;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using Orleans.Concurrency;

namespace BriData.Grains.Audit;

/// <summary>Searches on behalf of an auditor; visibility is a condition of the query itself (I10).</summary>
[GrainType("bridata.audit"), StatelessWorker]
internal sealed class AuditGrain(CallerRecognition recognition, IAuditIndex index, IAuditFreshness freshness, ILedgerStore store) : Grain, IAuditGrain
{
    private const int MaxLimit = 500;

    public async Task<Reply<AuditPageView>> SearchAsync(Caller caller, AuditQuestion question)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (question.Limit is < 1 or > MaxLimit)
        {
            return new Refusal(ErrorCodes.InvalidField, $"limit is 1 to {MaxLimit}.");
        }

        await freshness.EnsureCurrentAsync();
        try
        {
            var page = await index.SearchAsync(Query(auditor.Value, question));
            return new AuditPageView([.. page.Items.Select(Item)], page.Next);
        }
        catch (FormatException)
        {
            return new Refusal(ErrorCodes.InvalidCursor, "The cursor is not one of this search.");
        }
    }

    public async Task<Reply<AuditTrailView>> GetTrailAsync(Caller caller, string transfer)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        await freshness.EnsureCurrentAsync();
        var records = TransferId.TryParse(transfer, out _) ? await index.GetTrailAsync(transfer) : [];
        if (records.Count == 0 || !records[0].Parties.Contains(auditor.Value.Country))
        {
            return new Refusal(ErrorCodes.UnknownTransfer, $"There is no transfer '{transfer}'.");
        }

        var entries = new List<AuditEntryView>(records.Count);
        foreach (var record in records)
        {
            await foreach (var entry in store.ReadAsync(record.Ledger, record.Index, record.Index + 1))
            {
                entries.Add(new AuditEntryView(
                    new ReceiptReference(record.Ledger.Value, entry.Index, entry.LeafHash.ToString()), new JsonText(entry.Body)));
            }
        }

        return new AuditTrailView(transfer, [.. entries]);
    }

    private static AuditQuery Query(CallerIdentity auditor, AuditQuestion question) => new()
    {
        VisibleTo = auditor.Country,
        Country = question.Country,
        Agency = question.Agency,
        Agreement = question.Agreement,
        DataSet = question.DataSet,
        Outcome = question.Outcome,
        Rule = question.Rule,
        From = question.From,
        To = question.To,
        Text = question.Text,
        Limit = question.Limit,
        Cursor = question.Cursor,
    };

    private static AuditItem Item(AuditRecord r) =>
        new(r.Ledger.Value, r.Index, r.At, r.Kind, r.Agreement, r.Transfer, r.DataSet, r.Agencies, r.Outcome, r.Rules);
}
