using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads which running totals the law counts.</summary>
internal sealed class TotalsReader(ReadingErrors errors)
{
    private const int MaxCounters = 20;

    public PackTotals Read(YamlItem? item)
    {
        if (item is null || MapReader.Open(item, errors, ["sensitiveCategories", "counters"]) is not { } map)
        {
            return PackTotals.None;
        }

        var categories = FactCatalog.Get(FactNames.PersonalCategory);
        var sensitive = map.Codes("sensitiveCategories", code => categories.Values.Contains(code, StringComparer.Ordinal), "unknown_value", "a personal category");
        if (map.Required("counters") is not YamlList { Items.Count: > 0 and <= MaxCounters } list)
        {
            errors.Add(map.Optional("counters") ?? item, "wrong_type", $"A list of 1 to {MaxCounters} counters is expected here.");
            return PackTotals.None;
        }

        var counters = ImmutableArray.CreateBuilder<TotalCounter>(list.Items.Count);
        foreach (var element in list.Items)
        {
            if (Counter(element) is { } counter)
            {
                if (counters.Any(earlier => earlier.Fact == counter.Fact))
                {
                    errors.Add(element, "duplicate_value", $"'{counter.Fact.Name}' is counted twice.");
                }

                counters.Add(counter);
            }
        }

        return new PackTotals(sensitive, counters.ToImmutable());
    }

    private TotalCounter? Counter(YamlItem item)
    {
        if (MapReader.Open(item, errors, ["fact", "counts", "window"]) is not { } map)
        {
            return null;
        }

        var name = map.Text("fact");
        if (name.Length > 0 && !(FactCatalog.TryGet(name, out var fact) && fact is { Source: FactSource.Platform, Type: FactType.Integer }))
        {
            errors.Add(map.Required("fact")!, "unknown_fact", $"'{MapReader.Shorten(name)}' is not a total that the platform keeps.");
            return null;
        }

        var counts = map.Text("counts");
        if (!Enum.TryParse<CountedPersons>(counts, ignoreCase: true, out var counted) || counts.Length == 0 || !char.IsAsciiLetterLower(counts[0]))
        {
            errors.Add(map.Required("counts") ?? item, "unknown_value", "One of general, sensitive, all, exempt is expected here.");
            return null;
        }

        return map.Required("window") is { } at && Window(at) is { } window && name.Length > 0
            ? new TotalCounter(FactCatalog.Get(name), counted, window)
            : null;
    }

    private TotalWindow? Window(YamlItem item)
    {
        if (item is YamlScalar { Value: "calendarYear" })
        {
            return new TotalWindow(0, null, null);
        }

        if (item is YamlScalar { Value: "sincePreviousYear" })
        {
            return new TotalWindow(1, null, null);
        }

        if (item is YamlMap { Members.Count: 1 } && MapReader.Open(item, errors, ["since", "months"]) is { } map)
        {
            if (map.OptionalDate("since") is { } since)
            {
                return new TotalWindow(null, null, since);
            }

            if (map.Optional("months") is { } number && YamlValues.AsInteger(number) is > 0 and <= 120 and var months)
            {
                return new TotalWindow(null, (int)months, null);
            }
        }

        errors.Add(item, "wrong_type", "calendarYear, sincePreviousYear, {since: date} or {months: 1 to 120} is expected here.");
        return null;
    }
}
