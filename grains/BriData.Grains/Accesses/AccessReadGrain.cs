using System.Globalization;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Entries.Accesses;
using BriData.Entries.Events;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;
using Orleans.Concurrency;

namespace BriData.Grains.Accesses;

/// <summary>Reads a country's accesses from the end of their ledger.</summary>
[GrainType("bridata.accesses"), StatelessWorker]
internal sealed class AccessReadGrain(CallerRecognition recognition, AccessRecorder recorder, ILedgerStore store) : Grain, IAccessGrain
{
    private const int MaxLimit = 500;

    public async Task<Reply<AccessPage>> ListAsync(Caller caller, string? cursor, int limit)
    {
        var auditor = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Regulator);
        if (!auditor.IsOk)
        {
            return auditor.Refusal;
        }

        if (limit is < 1 or > MaxLimit)
        {
            return new Refusal(ErrorCodes.InvalidField, $"limit is 1 to {MaxLimit}.");
        }

        var before = long.MaxValue;
        if (cursor is not null && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before) || before == 0))
        {
            return new Refusal(ErrorCodes.InvalidCursor, "The cursor is not one of this list.");
        }

        try
        {
            var ledger = LedgerId.Parse($"access/{auditor.Value.Country}");
            var to = Math.Min(before, (await store.GetHeadAsync(ledger)).Size);
            var from = Math.Max(0, to - limit);
            var items = new List<AccessView>(limit);
            await foreach (var entry in store.ReadAsync(ledger, from, to))
            {
                items.Add(View(ledger, entry));
            }

            items.Reverse();
            return await recorder.RecordReadsAsync(auditor.Value, AccessKinds.Accesses, ledger.Value) is { } refusal
                ? refusal
                : new AccessPage([.. items], from == 0 ? null : from.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            return LedgerRefusals.From(e);
        }
    }

    private static AccessView View(LedgerId ledger, StoredEntry stored)
    {
        var entry = EventDecoder.Decode(stored.Body);
        return entry is { Data: AuditAccessed access, By: { } by }
            ? new AccessView(
                new ReceiptReference(ledger.Value, stored.Index, stored.LeafHash.ToString()),
                entry.At,
                access.What,
                by.Officer,
                by.Agency,
                [.. (access.Question ?? []).Select(q => new AccessConditionView(q.Name, q.Value, q.Commitment))],
                access.Ledger,
                entry.Transfer,
                access.Records,
                access.Until,
                access.Start,
                access.Sha256)
            : throw new UnreadableEntryException($"Entry {stored.Index} of {ledger} is no access.");
    }
}
