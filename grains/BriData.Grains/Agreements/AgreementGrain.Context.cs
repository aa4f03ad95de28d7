using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Grains.Witnesses;
using BriData.Ledger.Storage;

namespace BriData.Grains.Agreements;

/// <content>What countries and agencies tell the agreement, kept on its own ledger so that every decision can be made again (I6).</content>
internal sealed partial class AgreementGrain
{
    private GoverningRules? _rules;
    private PublicationRetry? _retry;

    /// <summary>What governs decisions now. Rebuilt whenever a context entry was folded in.</summary>
    private GoverningRules Rules => _rules ??= new GoverningRules(State, library);

    public async Task<Reply<bool>> CountryChangedAsync(CountryContext context)
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        try
        {
            // Loaded before the entry is folded in: a decision never waits for a document.
            await library.LoadAsync(context);
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            return LedgerRefusals.From(e);
        }

        return await TakeAsync([new CountryContextTaken(context)]);
    }

    public Task<Reply<bool>> AgencyChangedAsync(AgencyContext context) =>
        TakeAsync([.. AgencyContexts.Split(State.Agencies.GetValueOrDefault(context.Agency), context)]);

    protected override async Task OnRestoredAsync(CancellationToken cancellationToken)
    {
        State.OnClosed = RememberClosed;
        State.OnAfterClosed = ApplyToClosed;
        foreach (var country in State.Countries.Values)
        {
            await library.LoadAsync(country);
        }

        if (State.Terminated && !State.Released)
        {
            RetryRelease();
        }

        RetryErasure();
        await RemindOfRetentionAsync();
        this.RegisterGrainTimer(ExpireAsync, Services.Options.ExpirySweepPeriod, Services.Options.ExpirySweepPeriod);
    }

    private async Task<Reply<bool>> TakeAsync(IReadOnlyList<EventData> taken)
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        if (State.Document is null)
        {
            return true;
        }

        if (IsStale(taken[0]))
        {
            return await CommittedStateAsync() is { } refusal ? refusal : true;
        }

        _rules = null;
        var receipt = await AppendAllAsync([.. taken.Select(t => PlatformEvent(t))]);
        return receipt.IsOk ? true : receipt.Refusal;
    }

    /// <summary>True for a context that is not newer than the one held.</summary>
    private bool IsStale(EventData data) => data switch
    {
        CountryContextTaken { Context: var c } => State.Countries.TryGetValue(c.Country, out var held) && held.AsOf >= c.AsOf,
        AgencyContextTaken { Context: var a } => State.Agencies.TryGetValue(a.Agency, out var held) && held.AsOf >= a.AsOf,
        _ => false,
    };

    /// <summary>Ties the agreement to its countries and agencies and returns their contexts as entries.</summary>
    private async Task<Reply<List<LedgerEvent>>> LinkAsync()
    {
        var document = State.Document!;
        var entries = new List<LedgerEvent>();
        foreach (var party in document.Parties)
        {
            var linked = await GrainFactory.GetGrain<ICountryPeer>(party).LinkAgreementAsync(Id);
            if (!linked.IsOk)
            {
                return linked.Refusal;
            }

            await library.LoadAsync(linked.Value);
            entries.Add(PlatformEvent(new CountryContextTaken(linked.Value)));
        }

        // Before any agency is linked: its data sets would show to parties of an agreement that does not come into force.
        if (WitnessChecks.CheckTogether(entries.Select(e => e.Data).OfType<CountryContextTaken>().Select(t => t.Context.Witnesses)) is { } tooMany)
        {
            return new Refusal(ErrorCodes.WrongState, tooMany);
        }

        foreach (var agency in AgreementChecks.AgenciesOf(document))
        {
            var linked = await GrainFactory.GetGrain<IAgencyPeer>(agency).LinkAgreementAsync(Id, document.Parties);
            if (!linked.IsOk)
            {
                return linked.Refusal;
            }

            entries.AddRange(AgencyContexts.Split(State.Agencies.GetValueOrDefault(agency), linked.Value).Select(t => PlatformEvent(t)));
        }

        _rules = null;
        return entries;
    }

    /// <summary>Unties the agencies of a terminated agreement; the reason when that is still to be done.</summary>
    private async Task<Refusal?> ReleaseIfDueAsync()
    {
        if (!State.Terminated || State.Released)
        {
            return null;
        }

        if (await Publication.TellAllAsync(State.Agencies.Keys, a => GrainFactory.GetGrain<IAgencyPeer>(a).UnlinkAgreementAsync(Id)) is { } pending)
        {
            RetryRelease();
            return pending;
        }

        return (await AppendAsync(PlatformEvent(new PublicationCompleted(Folded)))).Refusal;
    }

    private void RetryRelease() =>
        _retry = PublicationRetry.Start(this, _retry, async () => Unavailable is not null || await ReleaseIfDueAsync() is null);

    private async Task ExpireAsync()
    {
        if (Unavailable is not null)
        {
            return;
        }

        foreach (var number in State.Open.Values.Where(t => t.ExpiresAt <= Now).Select(t => t.Number).ToArray())
        {
            if (await ExpireIfDueAsync(number) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Closes a transfer whose time is over; a refusal when that cannot be recorded.</summary>
    private async ValueTask<Refusal?> ExpireIfDueAsync(long number)
    {
        // INVARIANT: no await between here and the append. Whoever has a list of what is due waited since: a transfer on it may
        // have been accepted, expired or stopped, and what is closed takes no second end.
        return State.Open.TryGetValue(number, out var transfer) && transfer.ExpiresAt <= Now
            ? (await AppendAsync(PlatformEvent(new TransferExpired(), transfer))).Refusal
            : null;
    }
}
