using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Agencies;
using BriData.Entries.Events;
using BriData.Grains.Accesses;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace BriData.Grains.Agencies;

/// <summary>The only writer of <c>agency/{cc}.{slug}</c>.</summary>
[GrainType("bridata.agency"), Immovable]
internal sealed partial class AgencyGrain(LedgerGrainServices services, AccessRecorder accesses, ILogger<AgencyGrain> logger)
    : LedgerGrain<AgencyState>(services, logger), IAgencyGrain, IAgencyPeer
{
    private string Id => this.GetPrimaryKeyString();

    private string Country => Id[..2];

    private string Slug => Id[3..];

    protected override int StateWeight => State.Totals.Weight;

    protected override LedgerId Ledger => LedgerId.Parse($"agency/{Country}.{Slug}");

    public async Task<Reply<AgencyView>> GetAsync() => await ViewAsync();

    public async Task<Reply<AgencyView>> PutAsync(Caller caller, Operation operation, AgencyDocument document, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk ? await OnceAsync(admin.Value, operation, Put, (_, _) => PublishedViewAsync()) : admin.Refusal;

        async Task<Reply<AgencyView>> Put(Hash256 key)
        {
            if (ifMatch is { } expected && expected != State.Version)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The agency is at version {State.Version}.");
            }

            if (AgencyChecks.Document(document) is { } refusal)
            {
                return refusal;
            }

            // Enrolled first: an enrolment without an agency shows nothing, an agency without one would be lost to the register.
            var enrolled = await GrainFactory.GetGrain<ICountryPeer>(Country).EnrolAgencyAsync(Slug);
            if (!enrolled.IsOk)
            {
                return enrolled.Refusal;
            }

            var receipt = await AppendAsync(Event(admin.Value, operation, new AgencyPut(document)), key);
            return await RecordedAsync(receipt, () => PublishedViewAsync());
        }
    }

    public Task<Reply<AgencyView>> SuspendAsync(Caller caller, Operation operation, string reason) =>
        ChangeStandingAsync(caller, operation, suspend: true, reason);

    public Task<Reply<AgencyView>> ResumeAsync(Caller caller, Operation operation, string reason) =>
        ChangeStandingAsync(caller, operation, suspend: false, reason);

    protected override Task OnRestoredAsync(CancellationToken cancellationToken)
    {
        if (State.PublishedAsOf < State.ChangedAsOf && State.Agreements.Count > 0)
        {
            RetryPublication();
        }

        SettleLater();
        return Task.CompletedTask;
    }

    private async Task<Reply<AgencyView>> ChangeStandingAsync(Caller caller, Operation operation, bool suspend, string reason)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk ? await OnceAsync(admin.Value, operation, Change, (_, _) => PublishedViewAsync()) : admin.Refusal;

        async Task<Reply<AgencyView>> Change(Hash256 key)
        {
            var (textKey, refusal) = await TextKeyAsync(reason, [State.TextKey]);
            if (refusal is not null)
            {
                return refusal;
            }

            if (State.Document is null)
            {
                return UnknownAgency();
            }

            if (State.Suspended == suspend)
            {
                return new Refusal(ErrorCodes.WrongState, suspend ? $"{Id} is suspended already." : $"{Id} is not suspended.");
            }

            var texts = PrivateTexts.Under(textKey);
            var commitment = texts.Commit("reason", reason);
            EventData data = suspend ? new AgencySuspended(commitment, texts.KeyName) : new AgencyResumed(commitment, texts.KeyName);
            var receipt = await AppendAsync(Event(admin.Value, operation, data), key, texts);
            return await RecordedAsync(receipt, () => PublishedViewAsync());
        }
    }

    private async Task<Reply<AgencyView>> PublishedViewAsync() =>
        await PublishIfDueAsync() is { } pending ? pending : await ViewAsync();

    private async Task<Reply<AgencyView>> ViewAsync()
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.Document is not { } document)
        {
            return UnknownAgency();
        }

        var entry = (await ReadEntryAsync(State.LastIndex))!.Value;
        return new AgencyView(Id, document, State.Suspended, State.Version, ReceiptOf(entry.Index, entry.LeafHash));
    }

    private Task<Reply<CallerIdentity>> AdministratorAsync(Caller caller) =>
        RecognisedAsync(caller, who => Rights.AdministratorOf(who, Country));

    /// <summary>A caller whose own country vouches for it now, whose own agency is not suspended, and who has the right.</summary>
    private async Task<Reply<CallerIdentity>> RecognisedAsync(Caller caller, Func<CallerIdentity, Refusal?> right)
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified;
        }

        if (right(identified.Value) is { } refusal)
        {
            return refusal;
        }

        var standing = await GrainFactory.GetGrain<ICountryGrain>(identified.Value.Country).CheckStandingAsync(caller);
        return standing.IsOk ? identified : standing.Refusal;
    }

    private Refusal UnknownAgency() => new(ErrorCodes.UnknownAgency, $"There is no agency '{Id}'.");

    private LedgerEvent Event(CallerIdentity who, Operation operation, EventData data, string? dataSet = null) => new()
    {
        At = Now,
        Parties = [Country],
        By = ActorOf(who),
        Exporter = Id,
        DataSet = dataSet,
        Fingerprint = Services.Operations.Of(operation),
        Data = data,
    };
}
