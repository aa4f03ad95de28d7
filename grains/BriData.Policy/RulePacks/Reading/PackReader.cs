using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads a whole pack.</summary>
internal sealed class PackReader
{
    /// <summary>Most rules of one pack.</summary>
    private const int MaxRules = 20_000;

    private const int MaxTerms = 200;

    /// <summary>Most nodes of all conditions of one pack.</summary>
    private const long MaxNodes = 1_000_000;

    private static readonly string[] Keys =
    [
        "format", "jurisdiction", "version", "title", "disclaimer", "lastChecked", "calendar", "mechanismTerms", "totals",
        "definitions", "rules", "tests",
    ];

    private readonly ReadingErrors errors = new();
    private readonly ConditionReader conditions;

    private PackReader()
    {
        conditions = new ConditionReader(errors);
    }

    public static RulePackParseResult TooLarge() =>
        new(null, [new RulePackError(1, 1, "too_large", $"A pack may have at most {RulePackParser.MaxDocumentBytes} bytes.")]);

    public static RulePackParseResult Read(ReadOnlyMemory<byte> source)
    {
        var reader = new PackReader();
        var root = YamlTree.Read(source, reader.errors);
        var pack = root is null ? null : reader.Pack(root, source);
        return reader.errors.Count == 0 && pack is not null
            ? new RulePackParseResult(pack, [])
            : new RulePackParseResult(null, reader.errors.InOrder());
    }

    private RulePack? Pack(YamlItem root, ReadOnlyMemory<byte> source)
    {
        if (MapReader.Open(root, errors, Keys) is not { } map)
        {
            return null;
        }

        CheckHeader(map);
        Definitions(map.Optional("definitions"));
        var lastChecked = map.Date("lastChecked");
        var rules = Rules(map.Required("rules"), lastChecked);
        return new RulePack
        {
            Jurisdiction = map.Text("jurisdiction"),
            Version = map.Text("version"),
            Title = map.Texts("title"),
            Disclaimer = map.Text("disclaimer"),
            LastChecked = lastChecked,
            Calendar = CalendarReader.Read(map.Optional("calendar"), errors),
            MechanismTerms = Terms(map.Optional("mechanismTerms")),
            Totals = new TotalsReader(errors).Read(map.Optional("totals")),
            Rules = rules,
            Tests = Tests(map.Optional("tests"), rules),
            Source = source,
        };
    }

    private void CheckHeader(MapReader map)
    {
        if (map.Required("format") is { } format && YamlValues.AsInteger(format) != 1)
        {
            errors.Add(format, "unknown_format", "Only format 1 is known.");
        }

        if (map.Optional("jurisdiction") is YamlScalar jurisdiction && !CountryCodes.IsJurisdiction(jurisdiction.Value))
        {
            errors.Add(jurisdiction, "unknown_jurisdiction", $"'{MapReader.Shorten(jurisdiction.Value)}' is not a country, a part of one, or EU.");
        }

        if (map.Optional("version") is YamlScalar version && !Identifiers.IsVersion(version.Value))
        {
            errors.Add(version, "bad_version", "A version is 1 to 40 letters, digits, dots, dashes or underscores.");
        }

        if (map.Optional("disclaimer") is YamlScalar disclaimer && disclaimer.Value != RulePack.RequiredDisclaimer)
        {
            errors.Add(disclaimer, "bad_disclaimer", $"The disclaimer must read '{RulePack.RequiredDisclaimer}'.");
        }
    }

    private void Definitions(YamlItem? item)
    {
        if (item is null)
        {
            return;
        }

        if (item is not YamlMap map)
        {
            errors.Add(item, "wrong_type", "Definitions are a mapping of names to conditions.");
            return;
        }

        foreach (var (name, condition) in map.Members)
        {
            conditions.Define(name, condition);
        }
    }

    private ImmutableArray<Rule> Rules(YamlItem? item, DateOnly lastChecked)
    {
        var reader = new RuleReader(errors, conditions);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rules = List(item, element =>
        {
            var rule = reader.Read(element, lastChecked);
            if (rule is not null && !seen.Add(rule.Id))
            {
                errors.Add(((YamlMap)element).Find("id") ?? element, "duplicate_rule", $"The rule '{MapReader.Shorten(rule.Id)}' occurs twice.");
            }

            return rule;
        });
        if (item is not null && (rules.Length > MaxRules || reader.Nodes > MaxNodes))
        {
            errors.Add(item, "too_complex", $"A pack may have at most {MaxRules} rules and {MaxNodes} condition parts.");
        }

        if (item is YamlList { Items.Count: 0 })
        {
            errors.Add(item, "missing_key", "A pack needs at least one rule.");
        }

        return rules;
    }

    private ImmutableArray<PackTestCase> Tests(YamlItem? item, ImmutableArray<Rule> rules)
    {
        var ids = rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var reader = new TestCaseReader(errors, ids);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var tests = List(item, element =>
        {
            var test = reader.Read(element);
            if (test is not null && !seen.Add(test.Name))
            {
                errors.Add(((YamlMap)element).Find("name") ?? element, "duplicate_test", $"The test '{MapReader.Shorten(test.Name)}' occurs twice.");
            }

            return test;
        });
        return tests;
    }

    private ImmutableArray<MechanismTerm> Terms(YamlItem? item)
    {
        var terms = List(item, Term);
        if (terms.Length > MaxTerms)
        {
            errors.Add(item!, "too_complex", $"A pack may have at most {MaxTerms} mechanism terms.");
        }
        else if (item is YamlList list && list.Items.Count == terms.Length)
        {
            CheckDates(list, terms);
        }

        return terms;
    }

    // Two terms of one mechanism on one day would leave open which of them holds.
    private void CheckDates(YamlList list, ImmutableArray<MechanismTerm> terms)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            var term = terms[i];
            if (term.EffectiveTo < term.EffectiveFrom)
            {
                errors.Add(list.Items[i], "bad_dates", "The last day is before the first.");
            }

            if (terms.Take(i).Any(earlier => earlier.Mechanism == term.Mechanism && Overlap(earlier, term)))
            {
                errors.Add(list.Items[i], "overlapping_dates", $"Another term of {term.Mechanism} holds on some of these days.");
            }
        }
    }

    private static bool Overlap(MechanismTerm left, MechanismTerm right) =>
        !(left.EffectiveTo < right.EffectiveFrom) && !(right.EffectiveTo < left.EffectiveFrom);

    private MechanismTerm? Term(YamlItem item)
    {
        string[] keys = ["mechanism", "validYears", "usableWhen", "effectiveFrom", "effectiveTo", "citation"];
        if (MapReader.Open(item, errors, keys) is not { } map)
        {
            return null;
        }

        var mechanism = map.Text("mechanism");
        if (mechanism.Length > 0 && !Vocabulary.IsMechanism(mechanism))
        {
            errors.Add(map.Required("mechanism")!, "unknown_mechanism", $"'{MapReader.Shorten(mechanism)}' is not a mechanism of the vocabulary.");
        }

        var years = map.Optional("validYears") is { } number ? YamlValues.AsInteger(number) ?? 0 : (long?)null;
        if (years is not (null or (> 0 and <= 100)))
        {
            errors.Add(map.Required("validYears")!, "wrong_type", "A whole number of years from 1 to 100 is expected here.");
        }

        return new MechanismTerm
        {
            Mechanism = mechanism,
            ValidYears = (int?)years,
            UsableWhen = map.Optional("usableWhen") is { } usable ? conditions.Read(usable) : null,
            EffectiveFrom = map.Date("effectiveFrom"),
            EffectiveTo = map.OptionalDate("effectiveTo"),
            Citation = RuleReader.Citation(map.Required("citation"), errors),
        };
    }

    private ImmutableArray<T> List<T>(YamlItem? item, Func<YamlItem, T?> read)
        where T : class
    {
        if (item is null)
        {
            return [];
        }

        if (item is not YamlList list)
        {
            errors.Add(item, "wrong_type", "A list is expected here.");
            return [];
        }

        var items = ImmutableArray.CreateBuilder<T>(list.Items.Count);
        foreach (var element in list.Items)
        {
            if (read(element) is { } value)
            {
                items.Add(value);
            }
        }

        return items.ToImmutable();
    }
}
