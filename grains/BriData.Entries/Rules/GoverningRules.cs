using System.Collections.Frozen;
using System.Collections.Immutable;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Rules;

/// <summary>
/// What governs decisions under an agreement between two context changes: terms, data sets, standings and rule packs, all
/// from the agreement's own ledger. Immutable.
/// </summary>
internal sealed class GoverningRules
{
    private readonly RuleLibrary _library;
    private readonly PackSubstitute? _substitute;
    private readonly FrozenDictionary<string, CountryContext> _countries;
    private readonly FrozenDictionary<string, bool> _suspended;
    private readonly FrozenDictionary<string, DataSetProfile> _dataSets;

    /// <param name="state">The agreement's state; not kept.</param>
    /// <param name="library">Holds every document that the contexts name.</param>
    /// <param name="substitute">A pack that governs in place of a country's own; null for none.</param>
    public GoverningRules(AgreementState state, RuleLibrary library, PackSubstitute? substitute = null)
    {
        _substitute = substitute;
        _library = library;
        Terms = TermsReader.Read(state.Document!);
        _countries = state.Countries.ToFrozenDictionary();
        _suspended = state.Agencies.ToFrozenDictionary(a => a.Key, a => a.Value.Suspended);
        _dataSets = state.Agencies
            .SelectMany(a => a.Value.DataSets.Select(d => DataSetReader.Read(
                d, a.Value.Document, state.Countries.TryGetValue(a.Key[..2], out var country) && country.SchemeDigest is { } digest ? library.Scheme(digest) : null)))
            .ToFrozenDictionary(d => d.Id);
    }

    public AgreementTerms Terms { get; }

    public bool HasDataSet(string id) => _dataSets.ContainsKey(id);

    /// <summary>What data derived from a data set inherits that was received under a grant of this agreement.</summary>
    /// <param name="dataSet">The data set.</param>
    /// <param name="grant">Name of the grant.</param>
    /// <param name="obligations">Obligations of the decision under which it was received.</param>
    /// <param name="day">Day on which marks are recognised.</param>
    public InheritedClassification InheritedBy(string dataSet, string grant, ImmutableArray<string> obligations, DateOnly day)
    {
        var profile = _dataSets[dataSet];
        var country = dataSet[..2];
        var recognised = NeutralLevels.Recognised(Terms.Recognitions, country, profile.Mark, day);
        var onward = Terms.Grants.FirstOrDefault(g => g.Id == grant)?.OnwardTo ?? [];
        return DataSetReader.ToInherit(profile, recognised, new DataOrigin(dataSet, country, Terms.Id, grant, onward, obligations));
    }

    /// <summary>The grant that covers data set, recipient and purpose, or null.</summary>
    public Grant? FindGrant(string dataSet, string importer, string purpose) => GrantMatcher.FindFirst(Terms, dataSet, importer, purpose);

    /// <summary>The data set's profile under this agreement; it must be one that <see cref="HasDataSet"/> knows.</summary>
    public DataSetProfile DataSet(string id) => _dataSets[id];

    /// <summary>What the exporter's law of the day counts; null when no pack of it is in force.</summary>
    public PackTotals? CountedBy(string exporter, string dataSet, DateOnly day) =>
        Party(exporter, day, PartOf(exporter, _dataSets[dataSet])).Pack?.Pack.Totals;

    public Decision Decide(
        string dataSet,
        string exporter,
        string importer,
        string purpose,
        FactSet facts,
        DateTimeOffset at,
        DateOnly eventDate,
        long used,
        ImmutableArray<RunningTotal> totals) =>
        DecisionEngine.Decide(new DecisionInput
        {
            At = at,
            EventDate = eventDate,
            Exporter = Party(exporter, eventDate, PartOf(exporter, _dataSets[dataSet])),
            Importer = Party(importer, eventDate, null),
            Agreement = Terms,
            DataSet = _dataSets[dataSet],
            Purpose = purpose,
            CallerFacts = facts,
            TransfersThisYear = used,
            Totals = totals,
        });

    // The law of a part governs only data that the exporter has declared to be there, in the catalogue and not in a request.
    private static string? PartOf(string exporter, DataSetProfile dataSet) => Jurisdictions.PartOf(exporter[..2], dataSet.Facts);

    private PartyInput Party(string agency, DateOnly day, string? part)
    {
        var country = agency[..2];
        PackInForce? current = null, whole = null;
        if (_countries.TryGetValue(country, out var context))
        {
            foreach (var published in context.Packs)
            {
                // Packs come in order of publication, so among equal days the later one wins.
                if (published.InForceFrom > day)
                {
                    continue;
                }

                if (published.Part is null)
                {
                    whole = whole is null || published.InForceFrom >= whole.InForceFrom ? published : whole;
                }
                else if (published.Part == part)
                {
                    current = current is null || published.InForceFrom >= current.InForceFrom ? published : current;
                }
            }
        }

        current ??= whole;
        var pack = _substitute is { } tried && tried.Country == country && (tried.Part == part || (tried.Part is null && current?.Part is null))
            ? tried.Pack
            : current is null ? null : _library.Pack(current.Digest);

        return new PartyInput(country, agency, _suspended.GetValueOrDefault(agency), pack);
    }
}
