using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Rules;

/// <summary>
/// Takes in the entries of one agreement's ledger, in order and from the first, and makes decisions under what governs at each
/// point. Who feeds it reads the entries from wherever they are. Keeps the requests of open transfers, and no others.
/// </summary>
internal sealed class DecisionFold
{
    private readonly AgreementState _state = new();
    private readonly Dictionary<long, TransferRequested> _requests = [];
    private readonly RuleLibrary _library;
    private readonly PackSubstitute? _substitute;
    private GoverningRules? _rules;

    /// <param name="library">Where documents that entries name are read.</param>
    /// <param name="substitute">A pack to judge by instead of a country's own; null for the rules of the day.</param>
    public DecisionFold(RuleLibrary library, PackSubstitute? substitute = null)
    {
        _library = library;
        _substitute = substitute;
        _state.OnClosed = transfer => _requests.Remove(transfer.Number);
    }

    private GoverningRules Rules => _rules ??= new GoverningRules(_state, _library, _substitute);

    /// <summary>Loads the documents that an entry names; before <see cref="Apply"/>, so that no decision waits for one.</summary>
    /// <exception cref="UnreadableEntryException">A document is missing or cannot be read.</exception>
    public Task LoadAsync(LedgerEvent entry) => entry.Data is CountryContextTaken taken ? _library.LoadAsync(taken.Context) : Task.CompletedTask;

    /// <summary>Makes the entry's decision again; null when it records none. Before <see cref="Apply"/>: a decision rests on what was before it.</summary>
    /// <exception cref="UnreadableEntryException">The request that it is about is not on the ledger, or not open.</exception>
    public Decision? Repeat(LedgerEvent entry) => entry.Data switch
    {
        TransferRequested requested => Decide(entry, requested, requested.EventDate),
        TransferStopped when !entry.Decision.IsEmpty => DecideNow(entry),
        _ => null,
    };

    /// <summary>The decision on the entry's transfer under what governs at the entry's instant.</summary>
    /// <exception cref="UnreadableEntryException">The request is not on the ledger, or not open.</exception>
    public Decision DecideNow(LedgerEvent entry) =>
        Decide(entry, RequestOf(entry), DateOnly.FromDateTime(entry.At.UtcDateTime));

    /// <summary>The grant that a request comes under, or null.</summary>
    public string? GrantOf(LedgerEvent entry, TransferRequested requested) => Rules.FindGrant(entry.DataSet!, entry.Importer!, requested.Purpose)?.Id;

    /// <summary>The data set that a request is about, and what its exporter's law of the day counts; null when it has none in force.</summary>
    public (DataSetProfile DataSet, PackTotals? Law) CountedBy(LedgerEvent entry, TransferRequested requested) =>
        (Rules.DataSet(entry.DataSet!), Rules.CountedBy(Identifiers.AgencyOf(entry.DataSet!), entry.DataSet!, requested.EventDate));

    /// <summary>Takes the entry in.</summary>
    public void Apply(LedgerEvent entry, long index)
    {
        _state.Apply(entry, index);
        switch (entry.Data)
        {
            case AgreementDrafted or CountryContextTaken or AgencyContextTaken:
                _rules = null;
                break;
            case TransferRequested requested when _state.Open.ContainsKey(requested.Number):
                _requests[requested.Number] = requested;
                break;
        }
    }

    private Decision Decide(LedgerEvent entry, TransferRequested request, DateOnly eventDate)
    {
        var facts = request.Facts.Utf8.IsEmpty ? FactSet.Empty : TermsReader.Facts(request.Facts);
        return Rules.Decide(
            entry.DataSet!, Identifiers.AgencyOf(entry.DataSet!), entry.Importer!, request.Purpose, facts, entry.At, eventDate, request.UsedThisYear, request.Totals?.Facts ?? []);
    }

    private TransferRequested RequestOf(LedgerEvent entry) =>
        TransferId.TryParse(entry.Transfer, out var id) && _requests.TryGetValue(id.Number, out var request)
            ? request
            : throw new UnreadableEntryException($"No open request of '{entry.Transfer}' is on the ledger.");
}
