using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Grains.EventSourcing;
using BriData.Grains.Rules;
using BriData.Ledger;
using BriData.Policy.Classification;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Countries;

/// <content>Classification scheme and rule packs.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<Acknowledgement>> PutSchemeAsync(Caller caller, Operation operation, ReadOnlyMemory<byte> document, int? ifMatch)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Put, (_, stored) => Published<Acknowledgement>(() => Acknowledge(State.SchemeRevision, stored.Index, stored.LeafHash)))
            : admin.Refusal;

        async Task<Reply<Acknowledgement>> Put(Hash256 key)
        {
            if (ifMatch is { } expected && expected != State.SchemeRevision)
            {
                return new Refusal(ErrorCodes.PreconditionFailed, $"The scheme is at version {State.SchemeRevision}.");
            }

            var parsed = ClassificationScheme.Parse(document.Span);
            if (parsed.Scheme is not { } scheme)
            {
                return PolicyRefusals.InvalidScheme(parsed);
            }

            if (scheme.Country != Code)
            {
                return new Refusal(ErrorCodes.InvalidScheme, $"The scheme is of '{scheme.Country}', not of '{Code}'.");
            }

            var digest = await Services.Documents.PutAsync(document);
            var receipt = await AppendAsync(Event(admin.Value, operation, new SchemePut(digest.ToString(), scheme.Version)), key);
            return receipt.IsOk ? await Published<Acknowledgement>(() => new Acknowledgement(State.SchemeRevision, receipt.Value)) : receipt.Refusal;
        }
    }

    public async Task<Reply<SchemeView>> GetSchemeAsync()
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        return State.SchemeDigest is { } digest
            ? new SchemeView(State.SchemeRevision, new JsonText(await DocumentAsync(digest)))
            : new Refusal(ErrorCodes.InvalidScheme, $"{Code} has no classification scheme.");
    }

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

            if (State.Packs.Any(p => p.Version == pack.Version))
            {
                return new Refusal(ErrorCodes.AlreadyExists, $"There is a rule pack of version '{pack.Version}'; a version is never changed.");
            }

            var digest = await Services.Documents.PutAsync(yaml);
            var receipt = await AppendAsync(Event(admin.Value, operation, new RulePackDrafted(pack.Jurisdiction, pack.Version, digest.ToString())), key);
            return receipt.IsOk ? await ViewOfAsync(pack.Version) : receipt.Refusal;
        }
    }

    public async Task<Reply<RulePackView>> ApproveRulePackAsync(Caller caller, Operation operation, string version, DateOnly? inForceFrom)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Approve, (_, _) => PublishedViewAsync())
            : admin.Refusal;

        async Task<Reply<RulePackView>> Approve(Hash256 key)
        {
            if (State.Packs.Find(p => p.Version == version) is not { } pack)
            {
                return new Refusal(ErrorCodes.UnknownRulePack, $"{Code} has no rule pack of version '{version}'.");
            }

            if (pack.InForceFrom is not null)
            {
                return new Refusal(ErrorCodes.WrongState, $"Rule pack '{version}' is approved already.");
            }

            if (pack.DraftedBy == Services.Officers.Of(admin.Value))
            {
                return new Refusal(ErrorCodes.SecondPersonNeeded, "A rule pack must be approved by another person than its author.");
            }

            if (inForceFrom < Today)
            {
                return new Refusal(ErrorCodes.InvalidField, "inForceFrom is in the past; no decision is ever judged anew under later rules.");
            }

            var receipt = await AppendAsync(Event(admin.Value, operation, new RulePackApproved(version, inForceFrom ?? Today)), key);
            return receipt.IsOk ? await PublishedViewAsync() : receipt.Refusal;
        }

        async Task<Reply<RulePackView>> PublishedViewAsync()
        {
            var published = await Published<bool>(() => true);
            return published.IsOk ? await ViewOfAsync(version) : published.Refusal;
        }
    }

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

    public async Task<Reply<RuleEvaluation>> EvaluateAsync(Caller caller, RuleQuestion question)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified.Refusal;
        }

        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        if (State.PackOn(Today) is not { } pack)
        {
            return new Refusal(ErrorCodes.RulePackMissing, $"{Code} has no rule pack in force.");
        }

        if (question.Importer is { } importer && !Registry.IsoCountries.Contains(importer))
        {
            return new Refusal(ErrorCodes.UnknownCountry, $"'{importer}' is not an ISO 3166-1 alpha-2 code.");
        }

        var facts = FactSet.Parse(question.Facts.Utf8.Span);
        if (facts.Facts is not { } stated)
        {
            return PolicyRefusals.InvalidFacts(facts);
        }

        var compiled = await library.GetPackAsync(pack.Digest);
        return StatedFacts.Judge(compiled, Code, question.Importer, question.EventDate, stated);
    }

    private async Task<Reply<RulePackView>> ViewOfAsync(string version)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.Packs.Find(p => p.Version == version) is not { } pack)
        {
            return new Refusal(ErrorCodes.UnknownRulePack, $"{Code} has no rule pack of version '{version}'.");
        }

        var current = State.PackOn(Today);
        var status = pack.InForceFrom is not { } from ? "draft"
            : pack == current ? "inForce"
            : from > Today ? "approved"
            : "superseded";
        var entry = (await ReadEntryAsync(pack.LastIndex))!.Value;
        return new RulePackView(pack.Jurisdiction, pack.Version, status, pack.Digest, pack.InForceFrom, ReceiptOf(entry.Index, entry.LeafHash));
    }

    private async Task<ReadOnlyMemory<byte>> DocumentAsync(string digest) =>
        await Services.Documents.GetAsync(Hash256.ParseHex(digest))
        ?? throw new UnreadableEntryException($"Document {digest} is on the ledger of {Code} but not in storage.");
}
