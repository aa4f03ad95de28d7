using System.Collections.Frozen;
using BriData.Contracts.Countries;
using BriData.Grains.Agreements;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Grains.Rules;

/// <summary>
/// What governs decisions under an agreement between two context changes: terms, data sets, standings and rule packs, all
/// from the agreement's own ledger. Immutable.
/// </summary>
internal sealed class GoverningRules
{
    private readonly RuleLibrary _library;
    private readonly FrozenDictionary<string, CountryContext> _countries;
    private readonly FrozenDictionary<string, bool> _suspended;
    private readonly FrozenDictionary<string, DataSetProfile> _dataSets;

    /// <param name="state">The agreement's state; not kept.</param>
    /// <param name="library">Holds every document that the contexts name.</param>
    public GoverningRules(AgreementState state, RuleLibrary library)
    {
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

    public bool IsSuspended(string agency) => _suspended.GetValueOrDefault(agency);

    public bool IsLinked(string agency) => _suspended.ContainsKey(agency);

    /// <summary>The grant that covers data set, recipient and purpose, or null.</summary>
    public Grant? FindGrant(string dataSet, string importer, string purpose) => GrantMatcher.FindFirst(Terms, dataSet, importer, purpose);

    public Decision Decide(string dataSet, string exporter, string importer, string purpose, FactSet facts, DateTimeOffset at, DateOnly eventDate, long used) =>
        DecisionEngine.Decide(new DecisionInput
        {
            At = at,
            EventDate = eventDate,
            Exporter = Party(exporter, eventDate),
            Importer = Party(importer, eventDate),
            Agreement = Terms,
            DataSet = _dataSets[dataSet],
            Purpose = purpose,
            CallerFacts = facts,
            TransfersThisYear = used,
        });

    private PartyInput Party(string agency, DateOnly day)
    {
        var country = agency[..2];
        PackInForce? current = null;
        if (_countries.TryGetValue(country, out var context))
        {
            foreach (var pack in context.Packs)
            {
                // Packs come in order of approval, so among equal days the later approval wins.
                if (pack.InForceFrom <= day && (current is null || pack.InForceFrom >= current.InForceFrom))
                {
                    current = pack;
                }
            }
        }

        return new PartyInput(country, agency, _suspended.GetValueOrDefault(agency), current is null ? null : _library.Pack(current.Digest));
    }
}
