using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Entries.Agencies;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Policy.Decisions;

namespace BriData.Grains.Agreements;

/// <content>The exporter's running totals: asked for when its law counts persons, and told what became of them.</content>
internal sealed partial class AgreementGrain
{
    // What governs may change while the exporter is asked; more often than this it does not within one request.
    private const int MaxReservations = 4;

    public async Task<Reply<TotalsOutcome>> GetTotalsOutcomeAsync(string key)
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        var hash = Hash256.ParseHex(key);
        try
        {
            if (IsRunning(hash))
            {
                return TotalsOutcome.Pending;
            }

            if (await CommittedStateAsync() is { } refusal)
            {
                return refusal;
            }

            var recorded = await Services.Store.FindByKeyAsync(Ledger, hash.ToArray());
            if (recorded is not { } index)
            {
                // Asked again after the look-up: a request that began meanwhile has not reserved under this answer.
                return IsRunning(hash) ? TotalsOutcome.Pending : await AbandonAsync(key);
            }

            var outcome = EventDecoder.Decode((await ReadEntryAsync(index))!.Value.Body).Data is TransferRequested { Totals: not null } requested
                ? await OutcomeAsync(requested)
                : TotalsOutcome.Released;
            return await CommittedStateAsync() is { } uncommitted ? uncommitted : outcome;
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            return LedgerRefusals.From(e);
        }
    }

    /// <summary>
    /// Says that a request was never decided. The entry fences off an earlier activation that may still be about to record it:
    /// its append then finds the ledger grown and fails.
    /// </summary>
    private async Task<Reply<TotalsOutcome>> AbandonAsync(string key)
    {
        if (State.Document is null)
        {
            return TotalsOutcome.Released;
        }

        var receipt = await AppendAsync(PlatformEvent(new TotalsAbandoned(key)));
        return receipt.IsOk ? TotalsOutcome.Released : receipt.Refusal;
    }

    private async Task<TotalsOutcome> OutcomeAsync(TransferRequested requested)
    {
        if (requested.Status != TransferStatus.PendingApproval)
        {
            return OutcomeOf(requested, requested.Status == TransferStatus.Permitted);
        }

        // A closed transfer that is neither in memory nor indexed yet is asked for again.
        var transfer = await LookUpAsync(requested.Number);
        return transfer is null || (transfer.Status == TransferStatus.PendingApproval && !State.Terminated)
            ? TotalsOutcome.Pending
            : OutcomeOf(requested, transfer.EverPermitted);
    }

    private static TotalsOutcome OutcomeOf(TransferRequested requested, bool permitted) =>
        !permitted ? TotalsOutcome.Released
        : requested.Totals!.Counted ? TotalsOutcome.Confirmed
        : TotalsOutcome.Exempt;

    /// <summary>The totals the decision must look at, reserved for this request unless <paramref name="key"/> is null.</summary>
    private async Task<Reply<TotalsAnswer>> AskTotalsAsync(Ask ask, TotalsQuery query, Hash256? key)
    {
        var exporter = GrainFactory.GetGrain<IAgencyPeer>(ask.Exporter);
        try
        {
            return key is { } k
                ? await exporter.ReserveTotalsAsync(ReservationOf(k), query)
                : await exporter.PreviewTotalsAsync(query);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return new Refusal(ErrorCodes.ClusterUnavailable, $"The running totals of {ask.Exporter} cannot be asked for now: {e.Message}");
        }
    }

    /// <summary>Tells the exporter what became of a reservation. When that fails, the exporter asks.</summary>
    private void TellTotals(Ask ask, Hash256 key, TransferRequested requested)
    {
        if (requested.Status != TransferStatus.PendingApproval)
        {
            var outcome = OutcomeOf(requested, requested.Status == TransferStatus.Permitted);
            GrainFactory.GetGrain<IAgencyPeer>(ask.Exporter).SettleTotalsAsync(ReservationOf(key), outcome, new TransferId(Id, requested.Number).ToString()).Ignore();
        }
    }

    private string ReservationOf(Hash256 key) => $"{Id}/{key}";

    private static ImmutableArray<RunningTotal> FactsOf(TotalsAnswer? answer) =>
        answer is null ? [] : [.. answer.Items.Select(item => new RunningTotal(item.Fact, item.Before, item.Added))];

    private static bool Same(TotalsQuery? left, TotalsQuery? right) =>
        (left is null && right is null)
        || (left is not null && right is not null
            && left.Day == right.Day
            && left.Kind == right.Kind
            && left.Counters.SequenceEqual(right.Counters)
            && Same(left.Persons, right.Persons));

    private static bool Same(PersonCount? left, PersonCount? right) =>
        (left is null && right is null)
        || (left is not null && right is not null
            && left.General == right.General
            && left.Sensitive == right.Sensitive
            && left.GeneralKeys.SequenceEqual(right.GeneralKeys)
            && left.SensitiveKeys.SequenceEqual(right.SensitiveKeys));
}
