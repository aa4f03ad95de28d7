using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>
/// What agreements' ledgers say that countries and agencies told them, beside what the ledgers of those say themselves. An agreement
/// is judged by the former alone; where one run looks at both, they must be the same.
/// </summary>
internal sealed class ContextRecord
{
    private readonly Dictionary<(string Who, long AsOf), byte[]> _said = [];
    private readonly Dictionary<(string Country, long AsOf), ImmutableArray<PackInForce>> _packs = [];
    private readonly Dictionary<(string DataSet, int Version), byte[]> _dataSets = [];
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly List<Told> _told = [];

    /// <summary>What a country's ledger of this size says governs.</summary>
    public void Says(CountryContext context)
    {
        _said[(context.Country, context.AsOf)] = Bytes(context);
        _packs[(context.Country, context.AsOf)] = context.Packs;
    }

    /// <summary>Where an agency stands by its ledger of this size.</summary>
    public void Says(string agency, long asOf, AgencyDocument document, bool suspended) =>
        _said[(agency, asOf)] = Bytes(new AgencyContext(agency, asOf, document, suspended, []));

    /// <summary>A version of a data set, as its agency's ledger has it.</summary>
    public void Says(DataSetView dataSet) => _dataSets[(dataSet.Id, dataSet.Version)] = Bytes(dataSet);

    /// <summary>A country's or an agency's ledger has been judged to its end.</summary>
    public void Ends(string who, long size) => _sizes[who] = size;

    public void Tells(LedgerId agreement, JudgedEntry entry, CountryContext context) =>
        _told.Add(new Told(agreement, entry.Index, entry.Kind, context.Country, context.AsOf, Bytes(context), [])
        {
            Packs = context.Packs,
            Day = entry.Day,
        });

    public void Tells(LedgerId agreement, JudgedEntry entry, AgencyContext context) => _told.Add(new Told(
        agreement, entry.Index, entry.Kind, context.Agency, context.AsOf, Bytes(context with { DataSets = [] }), [.. context.DataSets.Select(d => (d.Id, d.Version, Bytes(d)))]));

    /// <summary>What the agreements' ledgers have otherwise than the ledgers it comes from, of those that were judged.</summary>
    public IEnumerable<(LedgerId Agreement, LedgerFinding Finding)> Compare()
    {
        // What the source's copy does not reach to yet cannot be compared.
        foreach (var told in _told.Where(t => _sizes.TryGetValue(t.Who, out var size) && t.AsOf <= size))
        {
            var said = _said.GetValueOrDefault((told.Who, told.AsOf));
            string[] differ = said is null ? ["size"]
                :
                [
                    .. Differences(said, told.Context),
                    .. told.DataSets.Where(d => !Same(d)).Select(d => d.Id),
                    .. PacksHold(told) ? (string[])[] : ["packs"],
                ];
            if (differ.Length > 0)
            {
                yield return (told.Agreement, new LedgerFinding(
                    JudgeCodes.ContextDiffers, told.Index, null, $"{told.Who} is said to have told this as of entry {told.AsOf} of its ledger, which has otherwise: {string.Join(", ", differ)}.", told.Kind));
            }
        }
    }

    /// <summary>
    /// Whether the rule packs told are those of the country, in their order, without any but those in whose place a told one
    /// governs on the day of the entry and after.
    /// </summary>
    private bool PacksHold(Told told)
    {
        if (told.Packs is not { } packs)
        {
            return true;
        }

        // From the end: where one was returned to, the last of its publications is the one that counts.
        var said = _packs[(told.Who, told.AsOf)];
        var next = packs.Length - 1;
        var kept = new List<(int At, PackInForce Pack)>();
        for (var at = said.Length - 1; at >= 0; at--)
        {
            if (next >= 0 && said[at] == packs[next])
            {
                kept.Add((at, packs[next--]));
            }
        }

        return next < 0
            && said.Select((pack, at) => (At: at, Pack: pack)).Except(kept).All(left => kept.Exists(k =>
                k.Pack.Succeeds(left.Pack, told.Day) && (k.Pack.InForceFrom > left.Pack.InForceFrom || k.At > left.At)));
    }

    private bool Same((string Id, int Version, byte[] Bytes) told) =>
        _dataSets.TryGetValue((told.Id, told.Version), out var said) && said.AsSpan().SequenceEqual(told.Bytes);

    private static IEnumerable<string> Differences(byte[] said, byte[] told)
    {
        if (said.AsSpan().SequenceEqual(told))
        {
            return [];
        }

        var (left, right) = (JsonNode.Parse(said)!.AsObject(), JsonNode.Parse(told)!.AsObject());
        return left.Select(m => m.Key).Union(right.Select(m => m.Key)).Where(name => !JsonNode.DeepEquals(left[name], right[name]));
    }

    // The order of the keys says nothing, and the packs are compared on their own.
    private static byte[] Bytes(CountryContext context) => JsonSerializer.SerializeToUtf8Bytes(
        context with { Packs = [], Keys = context.Keys is { } keys ? [.. keys.OrderBy(k => k.Kid, StringComparer.Ordinal)] : null }, EventJson.Default.CountryContext);

    private static byte[] Bytes(AgencyContext context) => JsonSerializer.SerializeToUtf8Bytes(context, EventJson.Default.AgencyContext);

    private static byte[] Bytes(DataSetView dataSet) => JsonSerializer.SerializeToUtf8Bytes(dataSet, EventJson.Default.DataSetView);

    private sealed record Told(
        LedgerId Agreement, long Index, string Kind, string Who, long AsOf, byte[] Context, ImmutableArray<(string Id, int Version, byte[] Bytes)> DataSets)
    {
        /// <summary>The rule packs that a country told; null for an agency.</summary>
        public ImmutableArray<PackInForce>? Packs { get; init; }

        /// <summary>The day of the entry.</summary>
        public DateOnly Day { get; init; }
    }
}
