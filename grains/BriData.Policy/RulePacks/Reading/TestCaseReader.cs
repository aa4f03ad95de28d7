using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads one test case of a pack.</summary>
internal sealed class TestCaseReader(ReadingErrors errors, IReadOnlySet<string> ruleIds)
{
    private static readonly string[] Keys = ["name", "eventDate", "facts", "expect"];

    private static readonly string[] ExpectKeys = ["outcome", "rule", "mayProceedNow", "mechanisms", "obligations", "missingFacts"];

    public PackTestCase? Read(YamlItem item)
    {
        if (MapReader.Open(item, errors, Keys) is not { } map)
        {
            return null;
        }

        return new PackTestCase(
            map.Text("name"),
            map.Date("eventDate"),
            map.Required("facts") is { } facts ? Facts(facts) : FactSet.Empty,
            map.Required("expect") is { } expect ? Expect(expect) : new PackExpectation(),
            item.Line);
    }

    private FactSet Facts(YamlItem item)
    {
        if (item is not YamlMap map)
        {
            errors.Add(item, "wrong_type", "A mapping of facts is expected here.");
            return FactSet.Empty;
        }

        var result = FactSet.Parse(YamlValues.ToJson(map));
        foreach (var error in result.Errors)
        {
            errors.Add(PlaceOf(map, error.Fact), error.Code, error.Message);
        }

        return result.Facts ?? FactSet.Empty;
    }

    private PackExpectation Expect(YamlItem item)
    {
        if (MapReader.Open(item, errors, ExpectKeys) is not { } map)
        {
            return new PackExpectation();
        }

        return new PackExpectation
        {
            Outcome = RuleReader.Outcome(map.Optional("outcome"), errors),
            Rule = map.Optional("rule") is { } rule ? RuleId(map, rule) : null,
            MayProceedNow = map.Optional("mayProceedNow") is { } proceed ? MayProceed(map, proceed) : null,
            Mechanisms = Codes(map, "mechanisms", Vocabulary.IsMechanism, "unknown_mechanism", "a mechanism of the vocabulary"),
            Obligations = Codes(map, "obligations", Vocabulary.IsObligation, "unknown_obligation", "an obligation of the vocabulary"),
            MissingFacts = Codes(map, "missingFacts", name => FactCatalog.TryGet(name, out _), "unknown_fact", "a fact of the vocabulary"),
        };
    }

    private static ImmutableArray<string>? Codes(MapReader map, string key, Func<string, bool> isKnown, string code, string what) =>
        map.Optional(key) is null ? null : map.Codes(key, isKnown, code, what);

    private string RuleId(MapReader map, YamlItem item)
    {
        var id = map.TextOf(item);
        if (id.Length > 0 && !ruleIds.Contains(id))
        {
            errors.Add(item, "unknown_rule", $"The pack has no rule '{MapReader.Shorten(id)}'.");
        }

        return id;
    }

    private string MayProceed(MapReader map, YamlItem item)
    {
        var text = map.TextOf(item);
        if (text is not ("true" or "false" or "unknown"))
        {
            errors.Add(item, "wrong_type", "true, false or unknown is expected here.");
        }

        return text;
    }

    private static YamlItem PlaceOf(YamlMap map, string fact)
    {
        var top = fact.Split('[')[0];
        foreach (var (key, value) in map.Members)
        {
            if (key.Value == top || top.StartsWith(key.Value, StringComparison.Ordinal) && top.EndsWith('…'))
            {
                return FactCatalog.TryGet(top, out _) ? value : key;
            }
        }

        return map;
    }
}
