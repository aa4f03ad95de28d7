using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.Accesses;
using BriData.Grains.Audit;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace BriData.Grains.Agreements;

/// <summary>The only writer of <c>agreement/{id}</c>, and the one place where transfers under it are decided.</summary>
[GrainType("bridata.agreement"), Immovable]
internal sealed partial class AgreementGrain(
    LedgerGrainServices services,
    RuleLibrary library,
    SubjectKeys subjects,
    IAuditIndex index,
    AuditGate gate,
    VisibleLedgers visible,
    IPayloadStore payloads,
    AccessRecorder accesses,
    ILogger<AgreementGrain> logger)
    : LedgerGrain<AgreementState>(services, logger), IAgreementGrain, IAgreementPeer, IRemindable
{
    private string Id => this.GetPrimaryKeyString();

    protected override LedgerId Ledger => LedgerId.Parse($"agreement/{Id}");

    protected override int StateWeight => State.Open.Count;

    public async Task<Reply<AgreementView>> DraftAsync(Caller caller, Operation operation, AgreementDocument document)
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified.Refusal;
        }

        var who = identified.Value;
        if ((Rights.Role(who, CallerRoles.Admin) ?? AgreementChecks.Run(document)) is { } refusal)
        {
            return refusal;
        }

        if (!document.Parties.Contains(who.Country))
        {
            return new Refusal(ErrorCodes.NotAParty, $"{who.Country} is not a party of this agreement.");
        }

        return (await StandingAsync(caller, who) ?? await MembersExistAsync(document)) is { } missing
            ? missing
            : await OnceAsync(who, operation, Draft, ReplayAsync);

        async Task<Reply<AgreementView>> Draft(Hash256 key)
        {
            if (State.Document is not null)
            {
                return new Refusal(ErrorCodes.AlreadyExists, $"There is an agreement '{Id}'.");
            }

            var complete = TermsReader.Complete(document);
            var receipt = await AppendAsync(
                new LedgerEvent
                {
                    At = Now,
                    Parties = complete.Parties,
                    By = ActorOf(who),
                    Agreement = Id,
                    Fingerprint = Services.Operations.Of(operation),
                    Data = new AgreementDrafted(complete),
                },
                key);
            if (receipt.IsOk)
            {
                await RemindOfRetentionAsync();
            }

            return await RecordedAsync(receipt, () => ViewAsync());
        }
    }

    public async Task<Reply<AgreementView>> GetAsync(Caller caller)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal;
        }

        var view = await ViewAsync();
        return view.IsOk && await accesses.RecordReadsAsync(officer.Value, AccessKinds.Agreement, Ledger.Value) is { } refusal ? refusal : view;
    }

    public async Task<Reply<bool>> CheckPartyAsync(Caller caller)
    {
        var officer = await PartyAsync(caller);
        return !officer.IsOk ? officer.Refusal
            : await CommittedStateAsync() is { } unavailable ? unavailable
            : true;
    }

    public async Task<Reply<AgreementView>> SignAsync(Caller caller, Operation operation, string? signature)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal;
        }

        var who = officer.Value;
        return Rights.Role(who, CallerRoles.Admin) is { } refusal
            ? refusal
            : await OnceAsync(who, operation, Sign, ReplayAsync);

        async Task<Reply<AgreementView>> Sign(Hash256 key)
        {
            if (State.SignedBy.Contains(who.Country) || State.Terminated)
            {
                return new Refusal(ErrorCodes.AlreadySigned, $"{who.Country} has signed '{Id}' already.");
            }

            if (await KnowKeysAsync(who.Country) is { } unknown)
            {
                return unknown;
            }

            var entries = new List<LedgerEvent> { Event(who, operation, new AgreementSigned(who.Country, After(signed: SignedWith(who.Country)), signature)) };
            if (SignatureProblem(entries[0]) is { } problem)
            {
                return problem;
            }

            if (State.SignedBy.Count + 1 == State.Document!.Parties.Length)
            {
                var linked = await LinkAsync();
                if (!linked.IsOk)
                {
                    return linked.Refusal;
                }

                entries.AddRange(linked.Value);
            }

            // INVARIANT: Sign does not interleave with itself; contexts that arrived while linking are newer and stay. Linking
            // may have taken a while, so everything is of now, and no entry is older than one before it.
            entries.RemoveAll(e => IsStale(e.Data));
            var at = Now;
            entries = entries.ConvertAll(e => e with { At = at });

            // Once more: what arrived while linking may have revoked the key.
            if (SignatureProblem(entries[0]) is { } since)
            {
                return since;
            }

            var receipt = await AppendAllAsync(entries, key);
            return await RecordedAsync(receipt, () => ViewAsync());
        }
    }

    public async Task<Reply<AgreementView>> ChangeAsync(Caller caller, Operation operation, AgreementAct act, string reason, string? signature)
    {
        var officer = await PartyAsync(caller);
        if (!officer.IsOk)
        {
            return officer.Refusal;
        }

        var who = officer.Value;
        return Rights.Role(who, CallerRoles.Admin) is { } refusal
            ? refusal
            : await OnceAsync(who, operation, Change, ReplayAsync);

        async Task<Reply<AgreementView>> Change(Hash256 key)
        {
            if (await KnowKeysAsync(who.Country) is { } unknown)
            {
                return unknown;
            }

            var (textKey, unavailable) = await TextKeyAsync(reason, [State.TextKey]);
            if ((unavailable ?? WrongState(who.Country, act)) is { } wrong)
            {
                return wrong;
            }

            var texts = PrivateTexts.Under(textKey);
            var commitment = texts.Commit("reason", reason);
            EventData data = act switch
            {
                AgreementAct.Suspend => new AgreementSuspended(who.Country, commitment, After(suspended: SuspendedWith(who.Country)), signature, texts.KeyName),
                AgreementAct.Resume => new AgreementResumed(who.Country, commitment, After(suspended: SuspendedWithout(who.Country)), signature, texts.KeyName),
                _ => new AgreementTerminated(who.Country, commitment, After(terminated: true), signature, texts.KeyName),
            };
            var entry = Event(who, operation, data);
            if (SignatureProblem(entry) is { } problem)
            {
                return problem;
            }

            var receipt = await AppendAsync(entry, key, texts);
            return await RecordedAsync(receipt, async () => await ReleaseIfDueAsync() is { } pending ? pending : await ViewAsync());
        }
    }

    private ImmutableArray<string> SignedWith(string country) => [.. State.SignedBy.Append(country).Order(StringComparer.Ordinal)];

    private ImmutableArray<string> SuspendedWith(string country) => [.. State.SuspendedBy.Append(country).Order(StringComparer.Ordinal)];

    private ImmutableArray<string> SuspendedWithout(string country) => [.. State.SuspendedBy.Where(c => c != country)];

    /// <summary>The state after an act, from the state now and what the act changes.</summary>
    private AgreementAfter After(ImmutableArray<string>? signed = null, ImmutableArray<string>? suspended = null, bool terminated = false)
    {
        ImmutableArray<string> signedBy = signed ?? [.. State.SignedBy];
        ImmutableArray<string> suspendedBy = suspended ?? [.. State.SuspendedBy];
        var status = AgreementState.StatusOf(State.Document!, terminated, suspendedBy.Length, signedBy.Length);
        return new AgreementAfter(status, signedBy, suspendedBy, State.Version + 1);
    }

    /// <summary>The answer to an act as it was given.</summary>
    private async Task<Reply<AgreementView>> ReplayAsync(LedgerEvent entry, StoredEntry stored)
    {
        if ((await CommittedStateAsync() ?? await ReleaseIfDueAsync()) is { } unavailable)
        {
            return unavailable;
        }

        var receipt = ReceiptOf(stored.Index, stored.LeafHash);
        return entry.Data switch
        {
            AgreementDrafted => new AgreementView(State.Document!, "draft", [], [], 1, receipt, Digest),
            AgreementActed { After: var after } => new AgreementView(State.Document!, after.Status, after.SignedBy, after.SuspendedBy, after.Version, receipt, Digest),
            _ => new Refusal(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was used for another request."),
        };
    }

    private Refusal? WrongState(string country, AgreementAct act) => (act, State.Status) switch
    {
        (_, "terminated") => new(ErrorCodes.WrongState, $"'{Id}' is terminated."),
        (AgreementAct.Suspend, "draft") => new(ErrorCodes.WrongState, $"'{Id}' is not in force."),
        (AgreementAct.Suspend, _) when State.SuspendedBy.Contains(country) => new(ErrorCodes.WrongState, $"{country} has suspended '{Id}' already."),
        (AgreementAct.Resume, _) when !State.SuspendedBy.Contains(country) => new(ErrorCodes.WrongState, $"{country} has not suspended '{Id}'."),
        _ => null,
    };

    private async Task<Reply<AgreementView>> ViewAsync()
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        var entry = (await ReadEntryAsync(State.LastIndex))!.Value;
        return new AgreementView(
            State.Document!, State.Status, [.. State.SignedBy], [.. State.SuspendedBy], State.Version, ReceiptOf(entry.Index, entry.LeafHash), Digest);
    }

    /// <summary>A recognised caller of a party, vouched for and not suspended. To anybody else the agreement does not exist (I10).</summary>
    private async ValueTask<Reply<CallerIdentity>> PartyAsync(Caller caller)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified;
        }

        // INVARIANT: first whether it is the caller's to know of, then that it cannot be served (I10).
        var who = identified.Value;
        if ((await NotAPartyAsync(who.Country) ?? Unavailable) is { } refused)
        {
            return refused;
        }

        return await StandingAsync(caller, who) is { } refusal ? refusal : identified;
    }

    /// <summary>
    /// Null for a country of the terms. While the ledger cannot be read, for one that has the agreement among its own or is a party
    /// to what is indexed of it, as of a draft; a country that cannot say so is told of its own ledger.
    /// </summary>
    private async ValueTask<Refusal?> NotAPartyAsync(string country)
    {
        var isParty = State.Document?.Parties.Contains(country) ?? false;
        if (State.Document is null && Unavailable is not null)
        {
            var concerned = await visible.OfAsync(country);
            if (!concerned.IsOk)
            {
                return concerned.Refusal;
            }

            isParty = concerned.Value.Contains(Ledger);
        }

        return isParty ? null : new Refusal(ErrorCodes.UnknownAgreement, $"There is no agreement '{Id}'.");
    }

    /// <summary>
    /// From this ledger's own context where it has one (I4), else from the caller's country: the agencies of a terminated
    /// agreement are untied from it and tell it nothing more.
    /// </summary>
    private async ValueTask<Refusal?> StandingAsync(Caller caller, CallerIdentity who)
    {
        if (!State.Terminated && State.Countries.TryGetValue(who.Country, out var country) && (who.Agency is null || State.Agencies.ContainsKey(who.Agency)))
        {
            return Rights.Vouched(who, country.Issuers)
                ?? (who.Agency is { } agency && State.Agencies[agency].Suspended
                    ? new Refusal(ErrorCodes.AgencySuspended, $"{agency} is suspended.")
                    : null);
        }

        return (await GrainFactory.GetGrain<ICountryGrain>(who.Country).CheckStandingAsync(caller)).Refusal;
    }

    private async Task<Refusal?> MembersExistAsync(AgreementDocument document)
    {
        foreach (var party in document.Parties)
        {
            var country = await GrainFactory.GetGrain<ICountryGrain>(party).GetAsync();
            if (!country.IsOk || !country.Value.Member)
            {
                return country.Refusal ?? new Refusal(ErrorCodes.CountryNotMember, $"{party} does not take part in this platform.");
            }
        }

        foreach (var agency in AgreementChecks.AgenciesOf(document))
        {
            if ((await GrainFactory.GetGrain<IAgencyGrain>(agency).GetAsync()).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private LedgerEvent Event(CallerIdentity who, Operation? operation, EventData data, TransferState? transfer = null, ReadOnlyMemory<byte> decision = default) => new()
    {
        At = Now,
        Parties = State.Document!.Parties,
        By = ActorOf(who),
        Agreement = Id,
        Transfer = transfer is null ? null : new TransferId(Id, transfer.Number).ToString(),
        DataSet = transfer?.DataSet,
        Exporter = transfer?.Exporter,
        Importer = transfer?.Importer,
        Fingerprint = operation is null ? null : Services.Operations.Of(operation),
        Decision = decision,
        Data = data,
    };

    private LedgerEvent PlatformEvent(EventData data, TransferState? transfer = null) => new()
    {
        At = Now,
        Parties = State.Document!.Parties,
        Agreement = Id,
        Transfer = transfer is null ? null : new TransferId(Id, transfer.Number).ToString(),
        DataSet = transfer?.DataSet,
        Exporter = transfer?.Exporter,
        Importer = transfer?.Importer,
        Data = data,
    };
}
