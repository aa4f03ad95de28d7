using System.Buffers;
using System.Runtime.CompilerServices;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Entries.Events;
using BriData.Grains.Accesses;
using BriData.Grains.EventSourcing;
using BriData.Grains.Ledgers;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BriData.Grains.Audit;

/// <summary>Makes one export, page by page of the index, in bounded memory.</summary>
[GrainType("bridata.export")]
internal sealed class ExportGrain(
    CallerRecognition recognition,
    AuditReader reader,
    AuditGate gate,
    AccessRecorder recorder,
    ILedgerStore store,
    CheckpointSigners signers,
    [FromKeyedServices(BriDataGrainOptions.Clock)] TimeProvider time) : Grain, IExportGrain
{
    private const int PageSize = 500;
    private const int PieceBytes = 64 * 1024;

    private ExportPlan? _plan;

    public async Task<Reply<bool>> BeginAsync(Caller caller, AuditQuestion question, ExportFormat format)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (question.Cursor is not null)
        {
            return new Refusal(ErrorCodes.InvalidField, "An export is whole: it has no cursor.");
        }

        if (AuditGrain.TooMuch(question) is { } tooMuch)
        {
            return tooMuch;
        }

        try
        {
            // Heads first: whatever they promise is indexed by the time that the search begins.
            var heads = new Dictionary<LedgerId, LedgerHead>();
            await foreach (var head in store.ListAsync())
            {
                heads.Add(head.Ledger, head);
            }

            if (await gate.EnsureCurrentAsync(auditor.Value.Country) is { } behind)
            {
                return behind;
            }

            var conditions = AccessRecorder.ConditionsOf(question);
            var recorded = await recorder.RecordAsync(auditor.Value, AccessKinds.Export, conditions);
            if (!recorded.IsOk)
            {
                return recorded.Refusal;
            }

            var query = AuditGrain.Query(auditor.Value, question) with { Limit = PageSize };
            _plan = new ExportPlan(auditor.Value, EventEncoder.Truncate(time.GetUtcNow()), query, conditions, format, heads, recorded.Value.Index);
            return true;
        }
        catch (LedgerStoreException e)
        {
            // The list is of all ledgers.
            return LedgerRefusals.Unnamed(e.Reason);
        }
    }

    public async IAsyncEnumerable<ExportPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var plan = _plan ?? throw new InvalidOperationException("The export was not begun.");
        _plan = null;
        using var form = await FormAsync(plan, cancellationToken);
        var piece = new ArrayBufferWriter<byte>(2 * PieceBytes);
        piece.Write(form.Begin());
        for (string? cursor = null; ;)
        {
            var page = await FindAsync(plan, cursor, cancellationToken);
            if (!page.IsOk)
            {
                yield return new ExportPiece(default, page.Refusal);
                yield break;
            }

            foreach (var entry in page.Value.Items)
            {
                if (!plan.Heads.TryGetValue(entry.Record.Ledger, out var head) || entry.Record.Index >= head.Size)
                {
                    continue;
                }

                piece.Write(await form.EntryAsync(entry, cancellationToken));
                if (piece.WrittenCount >= PieceBytes)
                {
                    yield return Take(piece);
                }
            }

            if ((cursor = page.Value.Next) is null)
            {
                break;
            }
        }

        // INVARIANT: the end leaves after its record (I1). What was cut off before has no end and no completion on record.
        if (await recorder.RecordCompletionAsync(plan.Who, plan.Start, form.Entries, form.Sha256) is { } refusal)
        {
            yield return new ExportPiece(default, refusal);
            yield break;
        }

        piece.Write(form.End());
        yield return Take(piece);
    }

    private async Task<Reply<(IReadOnlyList<ShownEntry> Items, string? Next)>> FindAsync(ExportPlan plan, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FindAsync(plan.Who, plan.Query with { Cursor = cursor }, cancellationToken);
        }
        catch (Exception e) when (e is LedgerStoreException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
    }

    private async Task<IExportForm> FormAsync(ExportPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Format == ExportFormat.Csv)
        {
            return new CsvForm();
        }

        var ledgers = await reader.LedgersAsync(plan.Who, plan.Query, cancellationToken);
        return new EvidenceForm(plan, [.. ledgers.Where(plan.Heads.ContainsKey).Select(l => plan.Heads[l])], store, signers);
    }

    private static ExportPiece Take(ArrayBufferWriter<byte> piece)
    {
        var bytes = piece.WrittenSpan.ToArray();
        piece.ResetWrittenCount();
        return new ExportPiece(bytes);
    }
}
