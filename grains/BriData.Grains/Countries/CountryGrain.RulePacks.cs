using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Grains.Rules;
using BriData.Identity;
using BriData.Ledger;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Countries;

/// <content>
/// Rule packs: draft, tested, approved by a second person, in force from a day, superseded. A version is never changed, and
/// no act reaches back: decisions already made stand.
/// </content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<RulePackView>> DraftRulePackAsync(Caller caller, Operation operation, ReadOnlyMemory<byte> yaml)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Draft, (entry, _) => ViewOfAsync(((RulePackDrafted)entry.Data).Version))
            : admin.Refusal;

        async Task<Reply<RulePackView>> Draft(Hash256 key)
        {
            var parsed = RulePackParser.Parse(yaml);
            if (parsed.Pack is not { } pack)
            {
                return PolicyRefusals.InvalidRulePack(parsed);
            }

            if (!Jurisdictions.MayPublish(Code, pack.Jurisdiction))
            {
                return new Refusal(ErrorCodes.InvalidRulePack, $"{Code} cannot publish a pack of jurisdiction '{pack.Jurisdiction}'.");
            }

            if (State.Pack(pack.Version) is not null)
            {
                return new Refusal(ErrorCodes.AlreadyExists, $"There is a rule pack of version '{pack.Version}'; a version is never changed.");
            }

            var digest = await Services.Documents.PutAsync(yaml);
            var receipt = await AppendAsync(Event(admin.Value, operation, new RulePackDrafted(pack.Jurisdiction, pack.Version, digest.ToString())), key);
            return await RecordedAsync(receipt, () => ViewOfAsync(pack.Version));
        }
    }

    public async Task<Reply<RulePackTestReport>> TestRulePackAsync(Caller caller, Operation operation, string version, int? ifMatch)
    {
        var found = await PackAsync(caller, version, ifMatch);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (who, pack) = found.Value;
        var compiled = await library.GetPackAsync(pack.Digest);

        // Off this grain's turn: a large pack takes a while, and the country has other callers.
        var report = await Task.Run(() => RulePackTests.Run(compiled));
        var result = new RulePackTested(version, report.Cases, report.Passed, report.Rules, report.Covered);
        if (!State.Pack(version)!.Tested(result))
        {
            var receipt = await AppendAsync(Event(who, operation, result));
            if (!receipt.IsOk)
            {
                return receipt.Refusal;
            }
        }

        var view = await ViewOfAsync(version);
        return view.IsOk ? report with { Pack = view.Value } : view.Refusal;
    }

    public Task<Reply<RulePackView>> ApproveRulePackAsync(Caller caller, Operation operation, string version, DateOnly? inForceFrom, int? ifMatch, string? signature) =>
        PublishPackAsync(caller, operation, version, ifMatch, (who, pack, today) =>
            pack.IsApproved ? new Refusal(ErrorCodes.WrongState, $"Rule pack '{version}' is approved already.")
            : !pack.PassedItsTests ? new Refusal(ErrorCodes.RulePackUntested, $"Rule pack '{version}' has not passed its own test cases. Run them first.")
            : pack.DraftedBy == Services.Officers.Of(who) ? new Refusal(ErrorCodes.SecondPersonNeeded, "A rule pack must be approved by another person than its author.")
            : inForceFrom < today ? new Refusal(ErrorCodes.InvalidField, "inForceFrom is in the past; no decision is ever judged anew under later rules.")
            : new RulePackApproved(version, inForceFrom ?? today, signature));

    public Task<Reply<RulePackView>> ReinstateRulePackAsync(Caller caller, Operation operation, string version, int? ifMatch, string? signature) =>
        PublishPackAsync(caller, operation, version, ifMatch, (_, pack, today) =>
            State.StatusOf(pack, today) == RulePackStatus.Superseded
                ? new RulePackReinstated(version, today, signature)
                : new Refusal(ErrorCodes.WrongState, $"Only a superseded version can be returned to; '{version}' is {State.StatusOf(pack, today)}."));

    public async Task<Reply<RulePackDocument>> GetRulePackAsync(Caller caller, string version)
    {
        var admin = await AdministratorAsync(caller);
        if (!admin.IsOk)
        {
            return admin.Refusal;
        }

        var view = await ViewOfAsync(version);
        return view.IsOk ? new RulePackDocument(view.Value, await DocumentAsync(view.Value.Digest)) : view.Refusal;
    }

    public async Task<Reply<RulePackList>> ListRulePacksAsync(Caller caller)
    {
        var admin = await AdministratorAsync(caller);
        if (!admin.IsOk)
        {
            return admin.Refusal;
        }

        var items = new List<RulePackView>();
        foreach (var pack in State.Packs.ToArray())
        {
            var view = await ViewOfAsync(pack.Version);
            if (!view.IsOk)
            {
                return view.Refusal;
            }

            items.Add(view.Value);
        }

        return new RulePackList([.. items]);
    }

    private async Task<Reply<RulePackView>> PublishPackAsync(
        Caller caller, Operation operation, string version, int? ifMatch, Func<CallerIdentity, RulePackState, DateOnly, Reply<EventData>> decide)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Act, (_, _) => PublishedViewAsync())
            : admin.Refusal;

        async Task<Reply<RulePackView>> Act(Hash256 key)
        {
            var found = Find(version, ifMatch);
            if (!found.IsOk)
            {
                return found.Refusal;
            }

            // One reading of the clock: the day that the act is judged by is the day of its entry.
            var at = Now;
            var act = decide(admin.Value, found.Value, DateOnly.FromDateTime(at.UtcDateTime));
            if (!act.IsOk)
            {
                return act.Refusal;
            }

            var entry = Event(admin.Value, operation, act.Value) with { At = at };
            if ((ActSignatures.Check(entry, State, Code, Services.Options.SignatureWindow) ?? Untellable(entry)) is { } refusal)
            {
                return refusal;
            }

            var receipt = await AppendAsync(entry, key);
            return await RecordedAsync(receipt, () => PublishedViewAsync());
        }

        async Task<Reply<RulePackView>> PublishedViewAsync()
        {
            var published = await Published<bool>(() => true);
            return published.IsOk ? await ViewOfAsync(version) : published.Refusal;
        }
    }

    private async Task<Reply<(CallerIdentity Who, RulePackState Pack)>> PackAsync(Caller caller, string version, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        if (!admin.IsOk)
        {
            return admin.Refusal;
        }

        var found = Find(version, ifMatch);
        return found.IsOk ? (admin.Value, found.Value) : found.Refusal;
    }

    private Reply<RulePackState> Find(string version, int? ifMatch) =>
        State.Pack(version) is not { } pack ? UnknownPack(version)
        : ifMatch is { } expected && expected != pack.Revision ? new Refusal(ErrorCodes.PreconditionFailed, $"The rule pack is at revision {pack.Revision}.")
        : pack;

    private async Task<Reply<RulePackView>> ViewOfAsync(string version)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.Pack(version) is not { } pack)
        {
            return UnknownPack(version);
        }

        var entry = (await ReadEntryAsync(pack.LastIndex))!.Value;
        return new RulePackView(
            pack.Jurisdiction,
            pack.Version,
            State.StatusOf(pack, Today),
            pack.Digest,
            State.InForceFrom(pack),
            ReceiptOf(entry.Index, entry.LeafHash),
            pack.Revision);
    }

    private Refusal UnknownPack(string version) => new(ErrorCodes.UnknownRulePack, $"{Code} has no rule pack of version '{version}'.");
}
