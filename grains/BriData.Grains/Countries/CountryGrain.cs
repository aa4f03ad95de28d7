using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Grains.EventSourcing;
using BriData.Grains.Registry;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace BriData.Grains.Countries;

/// <summary>The only writer of <c>country/{cc}</c>.</summary>
[GrainType("bridata.country"), Immovable]
internal sealed partial class CountryGrain(
    LedgerGrainServices services, IFoundingIssuers founding, RuleLibrary library, ILogger<CountryGrain> logger)
    : LedgerGrain<CountryState>(services, logger), ICountryGrain, ICountryPeer
{
    private const int MaxIssuers = 50;
    private const int MaxIssuerText = 500;

    private string Code => this.GetPrimaryKeyString();

    protected override LedgerId Ledger => LedgerId.Parse($"country/{Code}");

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public async Task<Reply<CountryView>> GetAsync()
    {
        if (!IsoCountries.ByCode.TryGetValue(Code, out var iso))
        {
            return new Refusal(ErrorCodes.UnknownCountry, $"'{Code}' is not an ISO 3166-1 alpha-2 code.");
        }

        return await CommittedStateAsync() is { } refusal
            ? refusal
            : new CountryView(
                iso.Code,
                iso.Alpha3,
                iso.Names,
                State.Member,
                State.SchemeVersion,
                State.PackOn(null, Today)?.Version,
                [.. State.Agencies.Select(slug => $"{Code}/{slug}")]);
    }

    public async Task<Reply<IssuerList>> GetIssuersAsync() =>
        await CommittedStateAsync() is { } unavailable ? unavailable : new IssuerList([.. State.Issuers]);

    public async Task<Reply<bool>> CheckStandingAsync(Caller caller)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified.Refusal;
        }

        var who = identified.Value;
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if ((Rights.OfCountry(who, Code) ?? Rights.Vouched(who, State.Issuers.Select(i => i.Issuer))) is { } refusal)
        {
            return refusal;
        }

        return await SuspensionAsync(who) is { } suspended ? suspended : true;
    }

    public async Task<Reply<Acknowledgement>> PutIssuersAsync(Caller caller, Operation operation, IssuerList issuers, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Put, (_, stored) => Published<Acknowledgement>(() => Acknowledge(State.IssuerRevision, stored.Index, stored.LeafHash)))
            : admin.Refusal;

        async Task<Reply<Acknowledgement>> Put(Hash256 key)
        {
            if (ifMatch is { } expected && expected != State.IssuerRevision)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The issuers are at version {State.IssuerRevision}.");
            }

            if (issuers.Issuers.IsDefaultOrEmpty || issuers.Issuers.Length > MaxIssuers || !issuers.Issuers.All(IsInOrder))
            {
                return new Refusal(ErrorCodes.InvalidField, $"One to {MaxIssuers} issuers are needed, each with a name and an absolute metadataAddress of at most {MaxIssuerText} characters.");
            }

            var entry = Event(admin.Value, operation, new IssuersPut(issuers.Issuers));
            if (Untellable(entry) is { } refusal)
            {
                return refusal;
            }

            var receipt = await AppendAsync(entry, key);
            return await RecordedAsync(receipt, () => Published<Acknowledgement>(() => new Acknowledgement(State.IssuerRevision, receipt.Value!)));
        }
    }

    public async Task<Reply<IssuersView>> ReadIssuersAsync(Caller caller)
    {
        var admin = await AdministratorAsync(caller);
        return !admin.IsOk ? admin.Refusal
            : await CommittedStateAsync() is { } unavailable ? unavailable
            : new IssuersView(State.IssuerRevision, new IssuerList([.. State.Issuers]));
    }

    public async Task<Reply<bool>> EnrolAgencyAsync(string slug)
    {
        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        if (State.Agencies.Contains(slug))
        {
            return await CommittedStateAsync() is { } unavailable ? unavailable : true;
        }

        var receipt = await AppendAsync(PlatformEvent(new AgencyEnrolled(slug)));
        return receipt.IsOk ? true : receipt.Refusal;
    }

    public async Task<Reply<bool>> RecordRefusalAsync(RefusedRequest refused)
    {
        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        var operation = KeyOf(Code, refused.Agency, refused.Officer, refused.Operation.Key);
        return await OnceAsync(operation, refused.Operation, Record, (_, _) => Task.FromResult<Reply<bool>>(true));

        async Task<Reply<bool>> Record(Hash256 key)
        {
            var receipt = await AppendAsync(
                new LedgerEvent
                {
                    At = Now,
                    Parties = [Code],
                    By = new Actor(Code, refused.Agency, refused.Officer),
                    Agreement = refused.Agreement,
                    DataSet = refused.DataSet,
                    Fingerprint = Services.Operations.Of(refused.Operation),
                    Data = new RequestRefused(refused.Code),
                },
                key);
            return receipt.IsOk ? true : receipt.Refusal;
        }
    }

    public async Task<Reply<CountryMembers>> GetMembersAsync() =>
        await CommittedStateAsync() is { } unavailable ? unavailable : new CountryMembers([.. State.Agencies], [.. State.Agreements]);

    protected override async Task OnRestoredAsync(CancellationToken cancellationToken)
    {
        if (IsoCountries.Contains(Code) && founding.For(Code) is { IsDefaultOrEmpty: false } issuers)
        {
            await FoundAsync(issuers);
        }

        if (State.PublishedAsOf < State.ChangedAsOf)
        {
            RetryPublication();
        }
    }

    /// <summary>
    /// Founds the country, or follows the operator's configuration for as long as the country has not set its issuers itself.
    /// </summary>
    private async Task FoundAsync(ImmutableArray<IssuerRegistration> issuers)
    {
        if (!State.Member)
        {
            await AppendAsync(PlatformEvent(new CountryFounded(issuers)));
        }
        else if (State.IssuerRevision == 0 && !State.Issuers.SequenceEqual(issuers))
        {
            await AppendAsync(PlatformEvent(new IssuersPut(issuers)));
        }
    }

    private static bool IsInOrder(IssuerRegistration issuer) =>
        issuer.Issuer.Length is > 0 and <= MaxIssuerText
        && issuer.MetadataAddress.Length <= MaxIssuerText
        && Uri.TryCreate(issuer.MetadataAddress, UriKind.Absolute, out _);

    private async Task<Reply<CallerIdentity>> AdministratorAsync(Caller caller)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified;
        }

        var who = identified.Value;
        return (NotMember() ?? Rights.AdministratorOf(who, Code) ?? Rights.Vouched(who, State.Issuers.Select(i => i.Issuer)) ?? await SuspensionAsync(who)) is { } refusal
            ? refusal
            : identified;
    }

    /// <summary>Null unless the caller acts for an agency of this country that is suspended, or of which that cannot be told.</summary>
    private async ValueTask<Refusal?> SuspensionAsync(CallerIdentity who)
    {
        if (who.Agency is not { } agency || !State.Agencies.Contains(agency[(Code.Length + 1)..]))
        {
            return null;
        }

        var view = await GrainFactory.GetGrain<IAgencyGrain>(agency).GetAsync();
        return view switch
        {
            // Enrolled, and its first entry failed: it is not there to be suspended, and can be put again.
            { Refusal.Code: ErrorCodes.UnknownAgency } => null,
            { IsOk: false } => view.Refusal,
            { Value.Suspended: true } => new Refusal(ErrorCodes.AgencySuspended, $"{agency} is suspended."),
            _ => null,
        };
    }

    private Refusal? NotMember() => Unavailable
        ?? (!IsoCountries.Contains(Code) ? new Refusal(ErrorCodes.UnknownCountry, $"'{Code}' is not an ISO 3166-1 alpha-2 code.")
            : State.Member ? null : new Refusal(ErrorCodes.CountryNotMember, $"{Code} does not take part in this platform."));

    private LedgerEvent Event(CallerIdentity who, Operation operation, EventData data) => new()
    {
        At = Now,
        Parties = [Code],
        By = ActorOf(who),
        Fingerprint = Services.Operations.Of(operation),
        Data = data,
    };

    private LedgerEvent PlatformEvent(EventData data) => new() { At = Now, Parties = [Code], Data = data };

    private Acknowledgement Acknowledge(int version, long index, Hash256 leaf) => new(version, ReceiptOf(index, leaf));
}
