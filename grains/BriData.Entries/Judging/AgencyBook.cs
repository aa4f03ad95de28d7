using System.Collections.Frozen;
using System.Globalization;
using BriData.Contracts.Agencies;
using BriData.Entries.Agencies;
using BriData.Entries.Countries;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Policy.Facts;

namespace BriData.Entries.Judging;

/// <summary>What may stand on the ledger of an agency: its standing, its data sets, its ties, and the persons it has counted.</summary>
internal sealed class AgencyBook : RuleBook<AgencyBook>
{
    private static readonly FrozenDictionary<string, Row<AgencyBook>> Rows = TableOf(
        new("agency.put", ActedBy.Person, Members.Exporter | Members.Operation, static (b, e) => b.Put(e, (AgencyPut)e.Event.Data)),
        new("agency.suspended", ActedBy.Person, Members.Exporter | Members.Operation, static (b, e) => b.Change(e, suspend: true)),
        new("agency.resumed", ActedBy.Person, Members.Exporter | Members.Operation, static (b, e) => b.Change(e, suspend: false)),
        new("dataset.put", ActedBy.Person, Members.Exporter | Members.DataSet | Members.Operation, static (b, e) => b.Put(e, (DataSetPut)e.Event.Data)),
        new("agreement.linked", ActedBy.Platform, Members.Exporter, static (b, e) => b.Linked(e, (AgreementLinked)e.Event.Data)),
        new("agreement.unlinked", ActedBy.Platform, Members.Exporter, static (b, e) => b.Unlinked(e, (AgreementUnlinked)e.Event.Data)),
        new("publication.completed", ActedBy.Platform, Members.Exporter, static (b, e) => b.Published(e, (PublicationCompleted)e.Event.Data)),
        new("totals.reserved", ActedBy.Platform, Members.Agreement | Members.Exporter, static (b, e) => b.Reserved(e, (TotalsReserved)e.Event.Data)),
        new("totals.settled", ActedBy.Platform, Members.Agreement | Members.Exporter, static (b, e) => b.Settled(e, (TotalsSettled)e.Event.Data), Members.Transfer));

    private readonly string _country;
    private readonly string _id;
    private readonly Dictionary<string, DataSetPut> _dataSets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _agreements = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    // Ledger sizes at which something changed that agreements must be told.
    private readonly HashSet<long> _changes = [];
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly ContextRecord? _contexts;
    private AgencyDocument? _document;
    private bool _suspended;

    public AgencyBook(LedgerId ledger, IDocumentReader documents, ContextRecord? contexts)
        : base(documents)
    {
        _contexts = contexts;
        _id = ledger.Name.Replace('.', '/');
        _country = ledger.Name[..Math.Min(2, ledger.Name.Length)];
    }

    protected override FrozenDictionary<string, Row<AgencyBook>> Table => Rows;

    protected override IReadOnlyList<string> Parties(JudgedEntry entry) => [_country];

    public override async Task TakeAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        entry.Require(_document is not null || entry.Event.Data is AgencyPut, JudgeCodes.WrongState, $"{_id} has not been declared.");
        entry.Require(entry.Event.Exporter is null || entry.Event.Exporter == _id, JudgeCodes.EnvelopeDiffers, $"The entry is of {entry.Event.Exporter}.");
        entry.Require(entry.Event.By is not { } by || by.Country == _country, JudgeCodes.WrongActor, $"An officer of {entry.Event.By?.Country} acts on the ledger of {_id}.");
        await base.TakeAsync(entry, cancellationToken);
    }

    private void Put(JudgedEntry e, AgencyPut put)
    {
        _document = put.Document;
        Changed(e);
    }

    private void Change(JudgedEntry e, bool suspend)
    {
        e.Require(_suspended != suspend, JudgeCodes.WrongState, suspend ? $"{_id} is suspended already." : $"{_id} is not suspended.");
        _suspended = suspend;
        Changed(e);
    }

    /// <summary>Something changed that agreements must be told.</summary>
    private void Changed(JudgedEntry e)
    {
        _changes.Add(e.Index + 1);
        if (_document is { } document)
        {
            _contexts?.Says(_id, e.Index + 1, document, _suspended);
        }
    }

    private void Put(JudgedEntry e, DataSetPut put)
    {
        e.Require(Identifiers.IsSlug(put.Slug) && e.Event.DataSet == $"{_id}/{put.Slug}", JudgeCodes.EnvelopeDiffers, $"The data set '{put.Slug}' is called {e.Event.DataSet}.");
        InheritanceRules.Require(e, $"{_id}/{put.Slug}", put.Document, _dataSets.GetValueOrDefault(put.Slug)?.Inherited, put.Inherited);
        StatementRules.Require(e, put.Document.Facts, FactSource.Exporter, $"{_id}/{put.Slug}");
        _dataSets[put.Slug] = put;
        var version = _versions[put.Slug] = _versions.GetValueOrDefault(put.Slug) + 1;
        _contexts?.Says(new DataSetView($"{_id}/{put.Slug}", put.Document, version, null, put.Inherited));
        Changed(e);
    }

    private void Linked(JudgedEntry e, AgreementLinked linked)
    {
        e.Require(linked.Parties.Contains(_country), JudgeCodes.WrongParties, $"{_country} is not a party of '{linked.Agreement}'.");
        e.Require(_agreements.Add(linked.Agreement), JudgeCodes.WrongState, $"The agreement '{linked.Agreement}' is linked already.");
    }

    private void Unlinked(JudgedEntry e, AgreementUnlinked unlinked) =>
        e.Require(_agreements.Remove(unlinked.Agreement), JudgeCodes.WrongState, $"The agreement '{unlinked.Agreement}' is not linked.");

    private void Published(JudgedEntry e, PublicationCompleted completed) =>
        e.Require(_changes.Contains(completed.AsOf), JudgeCodes.CounterGap, $"Nothing that is told to agreements changed with entry {completed.AsOf - 1}.");

    private void Reserved(JudgedEntry e, TotalsReserved reserved)
    {
        Named(e, reserved.Reservation);
        e.Require(reserved.General >= 0 && reserved.Sensitive >= 0, JudgeCodes.InvalidMember, "Fewer than no persons are counted.");

        // The request names its day before this ledger records it, perhaps a moment after midnight.
        e.Require(Math.Abs(reserved.Day.DayNumber - e.Day.DayNumber) <= 1, JudgeCodes.WrongDate, $"Persons of {reserved.Day.ToString("O", CultureInfo.InvariantCulture)} are counted on {e.Day:O}.");
        _reserved.Add(reserved.Reservation);
    }

    private void Settled(JudgedEntry e, TotalsSettled settled)
    {
        Named(e, settled.Reservation);
        var fits = e.Event.Transfer is not { } transfer || (TransferId.TryParse(transfer, out var id) && id.Agreement == e.Event.Agreement);
        e.Require(fits, JudgeCodes.EnvelopeDiffers, $"The transfer {e.Event.Transfer} is not one under '{e.Event.Agreement}'.");
        e.Require(settled.Outcome is "confirmed" or "exempt" or "released", JudgeCodes.InvalidMember, $"'{settled.Outcome}' is no outcome.");
        e.Require(_reserved.Remove(settled.Reservation), JudgeCodes.TotalsNotOpen, $"No persons are reserved as '{settled.Reservation}'.");
    }

    private static void Named(JudgedEntry e, string reservation)
    {
        var named = reservation.Split('/') is [var agreement, var key] && agreement == e.Event.Agreement && Hash256.TryParseHex(key, out _);
        e.Require(named, JudgeCodes.EnvelopeDiffers, $"'{reservation}' is no reservation of a request under '{e.Event.Agreement}'.");
    }
}
