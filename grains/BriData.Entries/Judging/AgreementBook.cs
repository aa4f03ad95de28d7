using System.Collections.Frozen;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Policy.Facts;

namespace BriData.Entries.Judging;

/// <summary>What may stand on the ledger of an agreement: its legal life, what governs it, and its transfers.</summary>
internal sealed partial class AgreementBook : RuleBook<AgreementBook>
{
    private static readonly FrozenDictionary<string, Row<AgreementBook>> Rows = TableOf(
        new("agreement.drafted", ActedBy.Person, Members.Agreement | Members.Operation, static (b, e) => b.Drafted(e, (AgreementDrafted)e.Event.Data)),
        new("agreement.signed", ActedBy.Person, Members.Agreement | Members.Operation, static (b, e) => b.Signed(e, (AgreementSigned)e.Event.Data)),
        new("agreement.suspended", ActedBy.Person, Members.Agreement | Members.Operation, static (b, e) => b.Suspended(e, (AgreementSuspended)e.Event.Data)),
        new("agreement.resumed", ActedBy.Person, Members.Agreement | Members.Operation, static (b, e) => b.Resumed(e, (AgreementResumed)e.Event.Data)),
        new("agreement.terminated", ActedBy.Person, Members.Agreement | Members.Operation, static (b, e) => b.Terminated(e, (AgreementTerminated)e.Event.Data)),
        new("context.country", ActedBy.Platform, Members.Agreement, static (b, e) => b.Taken(e, ((CountryContextTaken)e.Event.Data).Context)),
        new("context.agency", ActedBy.Platform, Members.Agreement, static (b, e) => b.Taken(e, ((AgencyContextTaken)e.Event.Data).Context)),
        new("publication.completed", ActedBy.Platform, Members.Agreement, static (b, e) => b.Released(e, (PublicationCompleted)e.Event.Data)),
        new("totals.abandoned", ActedBy.Platform, Members.Agreement, static (_, e) => Abandoned(e, (TotalsAbandoned)e.Event.Data)),
        new("transfer.requested", ActedBy.Person, Members.OfTransfer | Members.Operation | Members.Decision, static (b, e) => b.Requested(e, (TransferRequested)e.Event.Data)),
        new("transfer.approved", ActedBy.Person, Members.OfTransfer | Members.Operation, static (b, e) => b.Acted(e, Approved)),
        new("transfer.rejected", ActedBy.Person, Members.OfTransfer | Members.Operation, static (b, e) => b.Acted(e, Rejected)),
        new("transfer.withdrawn", ActedBy.Person, Members.OfTransfer | Members.Operation, static (b, e) => b.Acted(e, Withdrawn)),
        new("transfer.accepted", ActedBy.Person, Members.OfTransfer | Members.Operation, static (b, e) => b.Acted(e, Accepted)),
        new("transfer.refused", ActedBy.Person, Members.OfTransfer | Members.Operation, static (b, e) => b.Acted(e, Refused)),
        new("transfer.expired", ActedBy.Platform, Members.OfTransfer, static (b, e) => b.Acted(e, Expired)),
        new("transfer.stopped", ActedBy.Person, Members.OfTransfer | Members.Decision, static (b, e) => b.Acted(e, Stopped)),
        new("payload.deposited", ActedBy.Person, Members.OfTransfer, static (b, e) => b.Acted(e, Deposited)),
        new("payload.released", ActedBy.Person, Members.OfTransfer, static (b, e) => b.Acted(e, Collected)),
        new("transfer.erased", ActedBy.Anyone, Members.OfTransfer, static (b, e) => b.Erased(e, (TransferErased)e.Event.Data)),
        new("erasure.completed", ActedBy.Platform, Members.OfTransfer, static (b, e) => b.Completed(e, (ErasureCompleted)e.Event.Data)));

    private readonly LedgerId _ledger;
    private readonly string _id;
    private readonly ContextRecord? _contexts;
    private readonly DecisionFold _fold;
    private readonly SortedSet<string> _signed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _suspended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lastSigned = new(StringComparer.Ordinal);
    private AgreementDocument? _terms;
    private bool _terminated;
    private int _version;

    public AgreementBook(LedgerId ledger, IDocumentReader documents, RuleLibrary library, ContextRecord? contexts)
        : base(documents)
    {
        (_ledger, _id, _contexts) = (ledger, ledger.Name, contexts);
        _fold = new DecisionFold(library);
    }

    protected override FrozenDictionary<string, Row<AgreementBook>> Table => Rows;

    private string Status =>
        _terminated ? "terminated"
        : _suspended.Count > 0 ? "suspended"
        : _terms is not null && _signed.Count == _terms.Parties.Length ? "inForce"
        : "draft";

    protected override IReadOnlyList<string>? Parties(JudgedEntry entry)
    {
        if (_terms is null && entry.Event.Data is AgreementDrafted drafted)
        {
            return [.. drafted.Document.Parties.Distinct().Order(StringComparer.Ordinal)];
        }

        return _terms?.Parties;
    }

    public override async Task TakeAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        var isDraft = entry.Event.Data is AgreementDrafted;
        entry.Require(isDraft == (entry.Index == 0) || (!isDraft && _terms is not null), JudgeCodes.WrongState, isDraft ? "The agreement is drafted once, and first." : "The agreement's terms are missing.");
        if (_terms is null && !isDraft)
        {
            return;
        }

        entry.Require(entry.Event.Agreement is null || entry.Event.Agreement == _id, JudgeCodes.EnvelopeDiffers, $"The entry is of the agreement '{entry.Event.Agreement}'.");
        entry.Require(entry.Event.By is not { } by || _terms is null || _terms.Parties.Contains(by.Country), JudgeCodes.WrongActor, $"{entry.Event.By?.Country} is not a party.");
        RequireStanding(entry);
        await base.TakeAsync(entry, cancellationToken);
        if (Rows.ContainsKey(entry.Kind))
        {
            _fold.Apply(entry.Event, entry.Index);
        }
    }

    private void Drafted(JudgedEntry e, AgreementDrafted drafted)
    {
        var terms = drafted.Document;
        e.Require(terms.Id == _id, JudgeCodes.EnvelopeDiffers, $"The terms are of '{terms.Id}'.");
        e.Require(terms.Parties.Length >= 2 && terms.Parties.Contains(e.By.Country), JudgeCodes.WrongActor, $"{e.By.Country} drafts an agreement of {string.Join(", ", terms.Parties)}.");
        foreach (var mechanism in terms.Mechanisms ?? [])
        {
            StatementRules.Require(e, mechanism.Facts, FactSource.Exporter, $"the mechanism {mechanism.Code}");
        }

        _terms = terms;
        _version = 1;
    }

    private void Signed(JudgedEntry e, AgreementSigned act)
    {
        e.Require(Status == "draft", JudgeCodes.WrongState, $"The agreement is {Status}.");
        e.Require(_signed.Add(act.Country), JudgeCodes.WrongState, $"{act.Country} has signed already.");
        After(e, act);
    }

    private void Suspended(JudgedEntry e, AgreementSuspended act)
    {
        e.Require(Status is "inForce" or "suspended", JudgeCodes.WrongState, $"The agreement is {Status}.");
        e.Require(_suspended.Add(act.Country), JudgeCodes.WrongState, $"{act.Country} has suspended it already.");
        After(e, act);
    }

    private void Resumed(JudgedEntry e, AgreementResumed act)
    {
        e.Require(!_terminated, JudgeCodes.WrongState, $"The agreement is {Status}.");
        e.Require(_suspended.Remove(act.Country), JudgeCodes.WrongState, $"{act.Country} has not suspended it.");
        After(e, act);
    }

    private void Terminated(JudgedEntry e, AgreementTerminated act)
    {
        e.Require(!_terminated, JudgeCodes.WrongState, "The agreement is terminated already.");
        _terminated = true;
        After(e, act);
        StopAll(e.Event.At);
    }

    /// <summary>What an act says it led to must be what it leads to; each act counts one up.</summary>
    private void After(JudgedEntry e, AgreementActed act)
    {
        e.Require(act.Country == e.By.Country, JudgeCodes.WrongActor, $"An officer of {e.By.Country} acts for {act.Country}.");
        RequireSigned(e, act);
        var after = act.After;
        e.Require(after.Version == ++_version, JudgeCodes.CounterGap, $"This is act {_version} on the agreement; the entry counts {after.Version}.");
        _version = after.Version;
        var same = after.Status == Status && after.SignedBy.SequenceEqual(_signed) && after.SuspendedBy.SequenceEqual(_suspended);
        e.Require(same, JudgeCodes.AfterDiffers, $"The act leads to {Describe(Status, _signed, _suspended)}; the entry says {Describe(after.Status, after.SignedBy, after.SuspendedBy)}.");
    }

    /// <summary>The acting party's keys must be on this ledger before its first act here, and from then on it signs with them.</summary>
    private void RequireSigned(JudgedEntry e, AgreementActed act)
    {
        e.Require(_countries.ContainsKey(act.Country), JudgeCodes.ContextMissing, $"{act.Country} acts before its keys are on this ledger.");
        var name = act switch
        {
            AgreementSigned => Acts.Sign,
            AgreementSuspended => Acts.Suspend,
            AgreementResumed => Acts.Resume,
            _ => Acts.Terminate,
        };
        DateTimeOffset? last = _lastSigned.TryGetValue(act.Country, out var date) ? date : null;
        if (SignatureRules.Require(
            e,
            act.Signature,
            _countries.GetValueOrDefault(act.Country)?.Keys ?? [],
            last,
            at => Acts.OnAgreement(name, _id, AgreementDigest.Of(_terms!), act.Country, at)) is { } signed)
        {
            _lastSigned[act.Country] = signed;
            Signed(e, act.Country, act.Signature!);
        }
    }

    protected override IEnumerable<SigningKey> KeysOf(string country) => _countries.GetValueOrDefault(country)?.Keys ?? [];

    // Two calls that untie the agencies at the same time may each record it; that says nothing wrong.
    private void Released(JudgedEntry e, PublicationCompleted completed)
    {
        e.Require(_terminated, JudgeCodes.WrongState, $"Agencies are untied from a terminated agreement only; it is {Status}.");
        e.Require(completed.AsOf == e.Index, JudgeCodes.CounterGap, $"It is told of {completed.AsOf} entries where there are {e.Index}.");
    }

    private static void RequireHash(JudgedEntry e, string text) =>
        e.Require(Hash256.TryParseHex(text, out var hash) && hash.ToString() == text, JudgeCodes.InvalidMember, $"'{text}' is not a SHA-256.");

    private static void Abandoned(JudgedEntry e, TotalsAbandoned abandoned) => RequireHash(e, abandoned.Key);

    private static string Describe(string status, IEnumerable<string> signed, IEnumerable<string> suspended) =>
        $"'{status}', signed by {string.Join(", ", signed)}, suspended by {string.Join(", ", suspended.DefaultIfEmpty("nobody"))}";
}
