using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Entries.Agencies;
using BriData.Entries.Events;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.Agencies;

/// <content>
/// The running totals that the law counts per exporter. A reservation is on this ledger before the decision is made and
/// counts from then on; what became of it is on the agreement's ledger, so after a crash of either side it is asked for
/// there and nothing is counted twice or lost.
/// </content>
internal sealed partial class AgencyGrain
{
    private IGrainTimer? _settling;

    public async Task<Reply<TotalsView>> GetTotalsAsync(Caller caller, DateOnly? from)
    {
        var officer = await RecognisedAsync(caller, who =>
            (who.Roles & ~CallerRoles.Agency) != 0 ? Rights.OfCountry(who, Country) : Rights.OfAgency(who, Id));
        if (!officer.IsOk)
        {
            return officer.Refusal;
        }

        var first = from ?? new DateOnly(Now.UtcDateTime.Year, 1, 1);
        var answer = await PreviewTotalsAsync(new TotalsQuery(
            first,
            [
                new CounterQuery("general", CountedPersons.General, first),
                new CounterQuery("sensitive", CountedPersons.Sensitive, first),
                new CounterQuery("exempt", CountedPersons.Exempt, first),
            ],
            CountedPersons.General,
            null));
        if (!answer.IsOk)
        {
            return answer.Refusal;
        }

        var view = new TotalsView(Id, first, answer.Value.Items[0].Before, answer.Value.Items[1].Before, answer.Value.Items[2].Before, State.Totals.Open.Count);
        return await accesses.RecordReadsAsync(officer.Value, AccessKinds.Totals, Ledger.Value) is { } refusal ? refusal : view;
    }

    public async Task<Reply<TotalsAnswer>> PreviewTotalsAsync(TotalsQuery query)
    {
        if (Unavailable is { } refusal)
        {
            return refusal;
        }

        if (State.Document is null)
        {
            return UnknownAgency();
        }

        var answer = State.Totals.Answer(query, null);
        return await CommittedStateAsync() is { } unavailable ? unavailable : answer;
    }

    public async Task<Reply<TotalsAnswer>> ReserveTotalsAsync(string reservation, TotalsQuery query)
    {
        if (query.Persons is not { } persons)
        {
            return await PreviewTotalsAsync(query);
        }

        if (Unavailable is { } refusal)
        {
            return refusal;
        }

        if (State.Document is null)
        {
            return UnknownAgency();
        }

        if (IsBusy)
        {
            return new Refusal(ErrorCodes.Busy, "Too many requests wait for this ledger.");
        }

        // INVARIANT: the answer and the reservation are of one turn, so two transfers never overlook each other.
        var answer = State.Totals.Answer(query, reservation);
        var receipt = await AppendAsync(TotalsEvent(
            reservation,
            new TotalsReserved(
                reservation,
                query.Day,
                persons.General,
                persons.Sensitive,
                persons.GeneralKeys.IsEmpty ? null : persons.GeneralKeys,
                persons.SensitiveKeys.IsEmpty ? null : persons.SensitiveKeys)));
        SettleLater();
        return receipt.IsOk ? answer : receipt.Refusal;
    }

    public async Task<Reply<bool>> SettleTotalsAsync(string reservation, TotalsOutcome outcome, string? transfer)
    {
        if (Unavailable is { } refusal)
        {
            return refusal;
        }

        if (outcome == TotalsOutcome.Pending || !State.Totals.Open.ContainsKey(reservation))
        {
            return true;
        }

        var receipt = await AppendAsync(TotalsEvent(reservation, new TotalsSettled(reservation, Word(outcome))) with { Transfer = transfer });
        return receipt.IsOk ? true : receipt.Refusal;
    }

    /// <summary>The transfer that the request with this operation key became; null when it was never decided.</summary>
    private async Task<string?> TransferOfAsync(string agreement, string key)
    {
        var ledger = LedgerId.Parse($"agreement/{agreement}");
        if (await Services.Store.FindByKeyAsync(ledger, Hash256.ParseHex(key).ToArray()) is { } at)
        {
            await foreach (var entry in Services.Store.ReadAsync(ledger, at, at + 1))
            {
                return EventDecoder.Decode(entry.Body).Transfer;
            }
        }

        return null;
    }

    /// <summary>Asks the agreements what became of the reservations that nobody has settled.</summary>
    private async Task SettleOpenAsync()
    {
        foreach (var (reservation, open) in State.Totals.Open.ToArray())
        {
            var (agreement, key) = Parts(reservation);
            Reply<TotalsOutcome> outcome;
            string? transfer;
            try
            {
                outcome = await GrainFactory.GetGrain<IAgreementPeer>(agreement).GetTotalsOutcomeAsync(key);
                transfer = outcome.IsOk && outcome.Value != TotalsOutcome.Pending ? await TransferOfAsync(agreement, key) : null;
            }
            catch (Exception e)
            {
                // One that cannot be answered must not keep the others open.
                LogNotSettled(logger, e, reservation);
                continue;
            }

            if (Unavailable is not null)
            {
                return;
            }

            // Reserved again since the question: the answer is about the earlier attempt.
            if (outcome.IsOk && State.Totals.Open.TryGetValue(reservation, out var now) && ReferenceEquals(now, open))
            {
                await SettleTotalsAsync(reservation, outcome.Value, transfer);
            }
        }

        if (State.Totals.Open.Count == 0)
        {
            _settling?.Dispose();
            _settling = null;
        }
    }

    private void SettleLater()
    {
        if (State.Totals.Open.Count > 0)
        {
            var period = Services.Options.TotalsSettlePeriod;
            _settling ??= this.RegisterGrainTimer(SettleOpenAsync, new GrainTimerCreationOptions(period, period) { Interleave = true });
        }
    }

    [LoggerMessage(2011, LogLevel.Warning, "What became of the persons reserved as {Reservation} cannot be asked now")]
    private static partial void LogNotSettled(ILogger logger, Exception exception, string reservation);

    private static string Word(TotalsOutcome outcome) => outcome switch
    {
        TotalsOutcome.Confirmed => "confirmed",
        TotalsOutcome.Exempt => "exempt",
        _ => "released",
    };

    private static (string Agreement, string Key) Parts(string reservation)
    {
        var slash = reservation.IndexOf('/', StringComparison.Ordinal);
        return (reservation[..slash], reservation[(slash + 1)..]);
    }

    private LedgerEvent TotalsEvent(string reservation, EventData data) => new()
    {
        At = Now,
        Parties = [Country],
        Agreement = Parts(reservation).Agreement,
        Exporter = Id,
        Data = data,
    };
}
