using System.Collections.Frozen;
using System.Collections.Immutable;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Rules;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Policy.Classification;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Judging;

/// <summary>What may stand on the ledger of a country: its issuers, its scheme, its members, and the life of its rule packs.</summary>
internal sealed partial class CountryBook : RuleBook<CountryBook>
{
    private static readonly FrozenDictionary<string, Row<CountryBook>> Rows = TableOf(
        new("country.founded", ActedBy.Platform, Members.None, static (b, e) => b.Founded(e, (CountryFounded)e.Event.Data)),
        new("country.issuers.put", ActedBy.Anyone, Members.None, static (b, e) => b.Put(e, (IssuersPut)e.Event.Data)),
        new("country.witnesses.put", ActedBy.Person, Members.Operation, static (b, e) => b.Put(e, (WitnessesPut)e.Event.Data)),
        new("country.scheme.put", ActedBy.Person, Members.Operation, static (b, e) => b.Put(e, (SchemePut)e.Event.Data)),
        new("rulepack.drafted", ActedBy.Person, Members.Operation, static (b, e) => b.Drafted(e, (RulePackDrafted)e.Event.Data)),
        new("rulepack.tested", ActedBy.Person, Members.Operation, static (b, e) => b.Tested(e, (RulePackTested)e.Event.Data)),
        new("rulepack.approved", ActedBy.Person, Members.Operation, static (b, e) => b.Approved(e, (RulePackApproved)e.Event.Data)),
        new("rulepack.reinstated", ActedBy.Person, Members.Operation, static (b, e) => b.Reinstated(e, (RulePackReinstated)e.Event.Data)),
        new("country.key.registered", ActedBy.Person, Members.Operation, static (b, e) => b.Registered(e, (CountryKeyRegistered)e.Event.Data)),
        new("country.key.confirmed", ActedBy.Person, Members.Operation, static (b, e) => b.Confirmed(e, (CountryKeyConfirmed)e.Event.Data)),
        new("country.key.revoked", ActedBy.Person, Members.Operation, static (b, e) => b.Revoked(e, (CountryKeyRevoked)e.Event.Data)),
        new("agency.enrolled", ActedBy.Platform, Members.None, static (b, e) => b.Enrolled(e, (AgencyEnrolled)e.Event.Data)),
        new("agreement.linked", ActedBy.Platform, Members.None, static (b, e) => b.Linked(e, (AgreementLinked)e.Event.Data)),
        new("publication.completed", ActedBy.Platform, Members.None, static (b, e) => b.Published(e, (PublicationCompleted)e.Event.Data)),
        new("request.refused", ActedBy.Person, Members.Agreement | Members.Operation, static (_, _) => { }, Members.DataSet));

    private readonly string _country;
    private readonly RuleLibrary _library;
    private readonly HashSet<string> _agencies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _agreements = new(StringComparer.Ordinal);

    // Ledger sizes at which something changed that agreements must be told.
    private readonly HashSet<long> _changes = [];
    private readonly ContextRecord? _contexts;
    private ImmutableArray<IssuerRegistration> _issuers = [];
    private string? _scheme;
    private bool _ownIssuers;

    public CountryBook(LedgerId ledger, IDocumentReader documents, RuleLibrary library, ContextRecord? contexts)
        : base(documents)
    {
        _contexts = contexts;
        _country = ledger.Name;
        _library = library;
    }

    protected override FrozenDictionary<string, Row<CountryBook>> Table => Rows;

    protected override IReadOnlyList<string> Parties(JudgedEntry entry) => [_country];

    public override async Task TakeAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        var isFounding = entry.Event.Data is CountryFounded;
        entry.Require(isFounding == (entry.Index == 0), JudgeCodes.WrongState, isFounding ? "A country is founded once, and first." : "The country has not been founded.");
        entry.Require(entry.Event.By is not { } by || by.Country == _country, JudgeCodes.WrongActor, $"An officer of {entry.Event.By?.Country} acts on the ledger of {_country}.");
        await base.TakeAsync(entry, cancellationToken);
    }

    protected override async Task PrepareAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.Event.Data)
        {
            case SchemePut put when await DocumentAsync(entry, put.Digest, cancellationToken) is { } document:
                var scheme = ClassificationScheme.Parse(document.Span).Scheme;
                entry.Require(
                    scheme?.Country == _country && scheme.Version == put.SchemeVersion, JudgeCodes.DocumentDiffers, $"The document is not version '{put.SchemeVersion}' of the scheme of {_country}.");
                break;
            case RulePackDrafted drafted when await DocumentAsync(entry, drafted.Digest, cancellationToken) is not null:
                await LoadAsync(entry, drafted);
                break;
        }
    }

    private async Task LoadAsync(JudgedEntry entry, RulePackDrafted drafted)
    {
        CompiledRulePack pack;
        try
        {
            pack = await _library.GetPackAsync(drafted.Digest);
        }
        catch (Events.UnreadableEntryException e)
        {
            entry.Find(JudgeCodes.DocumentDiffers, e.Message);
            return;
        }

        entry.Require(
            pack.Jurisdiction == drafted.Jurisdiction && pack.Version == drafted.Version, JudgeCodes.DocumentDiffers, $"The document is pack {pack.Jurisdiction} {pack.Version}, not {drafted.Jurisdiction} {drafted.Version}.");
        _compiled[drafted.Version] = pack;
    }

    private static void RequireIssuers(JudgedEntry e, int count) => e.Require(count > 0, JudgeCodes.InvalidMember, "No issuer is named.");

    private void Founded(JudgedEntry e, CountryFounded founded)
    {
        RequireIssuers(e, founded.Issuers.Length);
        _issuers = founded.Issuers;
        _contexts?.Says(Context(0));
    }

    /// <summary>Something changed that agreements must be told.</summary>
    private void Changed(JudgedEntry e)
    {
        _changes.Add(e.Index + 1);
        _contexts?.Says(Context(e.Index + 1));
    }

    private CountryContext Context(long asOf)
    {
        var keys = Keys.Where(k => k.ConfirmedAt is not null).ToImmutableArray();
        return new CountryContext(
            _country,
            asOf,
            [.. _issuers.Select(i => i.Issuer)],
            _scheme,
            [.. _publications.Select(p => new PackInForce(p.Pack.Version, p.Pack.Digest, p.From, p.Pack.Part))],
            _witnesses,
            keys.IsEmpty ? null : keys);
    }

    private void Put(JudgedEntry e, IssuersPut put)
    {
        RequireIssuers(e, put.Issuers.Length);

        // The operator's configuration counts only until the country has spoken for itself.
        e.Require(e.Event.By is not null || !_ownIssuers, JudgeCodes.WrongActor, $"The platform replaces issuers that {_country} itself has set.");
        _ownIssuers |= e.Event.By is not null;
        _issuers = put.Issuers;
        Changed(e);
    }

    private void Put(JudgedEntry e, SchemePut put)
    {
        e.Require(put.SchemeVersion.Length > 0, JudgeCodes.InvalidMember, "The scheme has no version.");
        _scheme = put.Digest;
        Changed(e);
    }

    private void Enrolled(JudgedEntry e, AgencyEnrolled enrolled)
    {
        e.Require(Identifiers.IsSlug(enrolled.Slug), JudgeCodes.InvalidMember, $"'{enrolled.Slug}' cannot name an agency.");
        e.Require(_agencies.Add(enrolled.Slug), JudgeCodes.WrongState, $"The agency '{enrolled.Slug}' is enrolled already.");
    }

    private void Linked(JudgedEntry e, AgreementLinked linked)
    {
        e.Require(Identifiers.IsAgreement(linked.Agreement), JudgeCodes.InvalidMember, $"'{linked.Agreement}' cannot name an agreement.");
        e.Require(_agreements.Add(linked.Agreement), JudgeCodes.WrongState, $"The agreement '{linked.Agreement}' is linked already.");
    }

    private void Published(JudgedEntry e, PublicationCompleted completed) =>
        e.Require(_changes.Contains(completed.AsOf), JudgeCodes.CounterGap, $"Nothing that is told to agreements changed with entry {completed.AsOf - 1}.");
}
