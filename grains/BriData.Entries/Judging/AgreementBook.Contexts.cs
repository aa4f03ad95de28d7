using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Policy.Facts;

namespace BriData.Entries.Judging;

/// <content>What countries and agencies told the agreement.</content>
internal sealed partial class AgreementBook
{
    private readonly Dictionary<string, CountryContext> _countries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldAgency> _agencies = new(StringComparer.Ordinal);

    // Countries whose documents are not at hand: no decision can be made again until they are.
    private readonly HashSet<string> _undocumented = new(StringComparer.Ordinal);
    private readonly HashSet<string> _checkedDocuments = new(StringComparer.Ordinal);

    // Counts what changes what governs.
    private int _governing;
    private bool _spoken;

    protected override async Task PrepareAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Event.Data is not CountryContextTaken { Context: var context })
        {
            return;
        }

        var complete = true;
        var named = context.Packs.Select(p => p.Digest);
        foreach (var digest in context.SchemeDigest is { } scheme ? named.Append(scheme) : named)
        {
            // Each is asked for once; the same one is named again by every later context.
            if (!_checkedDocuments.Contains(digest))
            {
                var found = await DocumentAsync(entry, digest, cancellationToken) is not null;
                complete &= found;
                if (found)
                {
                    _checkedDocuments.Add(digest);
                }
            }
        }

        _undocumented.Remove(context.Country);
        if (complete)
        {
            complete = await LoadAsync(entry);
        }

        if (!complete)
        {
            _undocumented.Add(context.Country);
        }
    }

    private async Task<bool> LoadAsync(JudgedEntry entry)
    {
        try
        {
            await _fold.LoadAsync(entry.Event);
            return true;
        }
        catch (UnreadableEntryException e)
        {
            entry.Find(JudgeCodes.DocumentDiffers, e.Message);
            return false;
        }
    }

    private void Taken(JudgedEntry e, CountryContext context)
    {
        _governing++;
        e.Require(_terms!.Parties.Contains(context.Country), JudgeCodes.WrongParties, $"{context.Country} is not a party.");
        if (_countries.TryGetValue(context.Country, out var held))
        {
            e.Require(context.AsOf > held.AsOf, JudgeCodes.ContextStale, $"What {context.Country} said as of {context.AsOf} comes after what it said as of {held.AsOf}.");
            e.Require(
                held.Packs.All(pack => context.Packs.Any(now => now == pack || now.Succeeds(pack, e.Day))), JudgeCodes.ContextStale, $"A rule pack that {context.Country} had brought into force is gone, and none has taken its place by {e.Day:O}.");
            foreach (var key in held.Keys ?? [])
            {
                e.Require((context.Keys ?? []).Any(now => Continues(key, now)), JudgeCodes.ContextStale, $"The key {key.Kid} of {context.Country} is gone or another; a key stays on record, and so does its revocation.");
            }
        }

        _countries[context.Country] = context;
        _contexts?.Tells(_ledger, e, context);
    }

    private void Taken(JudgedEntry e, AgencyContext context)
    {
        _governing++;
        e.Require(AgenciesOfTerms().Contains(context.Agency), JudgeCodes.WrongParties, $"The terms do not name {context.Agency}.");
        var held = _agencies.GetValueOrDefault(context.Agency) ?? new HeldAgency();

        // An agency with many data sets is told in several entries, one directly behind the other.
        var continues = context.AsOf == held.AsOf && held.LastIndex == e.Index - 1 && !context.DataSets.IsEmpty;
        e.Require(context.AsOf > held.AsOf || continues, JudgeCodes.ContextStale, $"What {context.Agency} said as of {context.AsOf} comes after what it said as of {held.AsOf}.");
        foreach (var dataSet in context.DataSets)
        {
            e.Require(dataSet.Id.StartsWith(context.Agency + "/", StringComparison.Ordinal), JudgeCodes.UnknownDataSet, $"{dataSet.Id} is not a data set of {context.Agency}.");
            var before = held.DataSets.GetValueOrDefault(dataSet.Id);
            e.Require(dataSet.Version > before.Version, JudgeCodes.CounterGap, $"{dataSet.Id} was at version {before.Version} and is at {dataSet.Version} now.");
            InheritanceRules.Require(e, dataSet.Id, dataSet.Document, before.Inherited, dataSet.Inherited);
            StatementRules.Require(e, dataSet.Document.Facts, FactSource.Exporter, dataSet.Id);
            held.DataSets[dataSet.Id] = (dataSet.Version, dataSet.Inherited);
        }

        held.SuspendedSince = context.Suspended ? held.SuspendedSince ?? e.Event.At : null;
        (held.AsOf, held.LastIndex) = (context.AsOf, e.Index);
        _agencies[context.Agency] = held;
        _contexts?.Tells(_ledger, e, context);
    }

    private static bool Continues(SigningKey held, SigningKey now) =>
        now.Jwk.Utf8.Span.SequenceEqual(held.Jwk.Utf8.Span)
        && now with { Jwk = held.Jwk, RevokedAt = held.RevokedAt } == held
        && (held.RevokedAt is null || now.RevokedAt == held.RevokedAt);

    /// <summary>Whether every party, and every agency that the terms name, has a context. Once it is so, it stays so.</summary>
    private bool EveryoneHasSpoken() => _spoken = _spoken || (_terms!.Parties.All(_countries.ContainsKey) && AgenciesOfTerms().All(_agencies.ContainsKey));

    /// <summary>
    /// Nobody of a suspended agency does anything once the agreement has been told; whoever asked just before may still be answered.
    /// A terminated agreement is told nothing more.
    /// </summary>
    private void RequireStanding(JudgedEntry e)
    {
        if (!_terminated && e.Event.By?.Agency is { } agency && _agencies.TryGetValue(agency, out var held) && held.SuspendedSince is { } since)
        {
            e.Require(e.Event.At - since <= ActTolerance, JudgeCodes.AgencySuspended, $"An officer of {agency} acts, which is suspended since {since:O}.");
        }
    }

    private IEnumerable<string> AgenciesOfTerms() => _terms!.Grants
        .SelectMany(g => g.Importers.Concat(g.DataSets.Select(Identifiers.AgencyOf)))
        .Distinct();

    private sealed class HeldAgency
    {
        public long AsOf { get; set; } = -1;

        public long LastIndex { get; set; } = -1;

        /// <summary>When the agreement was told that the agency is suspended; null while it is not.</summary>
        public DateTimeOffset? SuspendedSince { get; set; }

        public Dictionary<string, (int Version, InheritedClassification? Inherited)> DataSets { get; } = new(StringComparer.Ordinal);
    }
}
