using System.Text.Json.Nodes;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Tests.Support;

/// <summary>The parts of the pack schema that follow from the vocabulary: what may be written where a fact or code is named.</summary>
internal static class SchemaVocabulary
{
    private const string DateUnits = "plusDays plusWorkingDays plusMonths plusYears";

    /// <summary>Every such definition by its name.</summary>
    public static JsonObject Build()
    {
        var definitions = new JsonObject
        {
            ["outcome"] = Enum(Vocabulary.Outcomes),
            ["overlayOutcome"] = Enum(Vocabulary.Outcomes.Where(code => RuleOutcomes.TryParse(code, out var outcome) && !outcome.IsPermissive())),
            ["outcomeWithoutMechanism"] = Enum(Vocabulary.Outcomes.Where(code =>
                RuleOutcomes.TryParse(code, out var outcome) && outcome is not (RuleOutcome.MechanismRequired or RuleOutcome.PriorApprovalRequired))),
            ["mechanism"] = Enum(Vocabulary.Mechanisms),
            ["obligation"] = Enum(Vocabulary.Obligations),
            ["country"] = Enum(Countries()),
            ["factName"] = Enum(FactCatalog.All.Select(fact => fact.Name).Concat(FactCatalog.Aliases.Keys)),
        };
        foreach (var fact in Coded())
        {
            definitions[ValuesOf(fact)] = Enum(fact.Values);
        }

        definitions["comparison"] = new JsonObject { ["description"] = "One fact, one operator.", ["anyOf"] = new JsonArray([.. Comparisons()]) };
        definitions["facts"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(FactCatalog.All.SelectMany(fact => Names(fact).Select(name => KeyValuePair.Create(name, (JsonNode?)Stated(fact))))),
            ["additionalProperties"] = false,
        };
        return definitions;
    }

    private static IEnumerable<FactDefinition> Coded() => FactCatalog.All.Where(fact => fact.Type is FactType.Enumeration or FactType.EnumerationSet);

    private static IEnumerable<JsonNode> Comparisons()
    {
        yield return Comparison(OfType(FactType.Boolean), Type("boolean"), "eq ne", "");
        yield return Comparison(OfType(FactType.Integer), AnyOf(Count(), Other(FactType.Integer, "")), "eq ne gt gte lt lte", "");
        yield return Comparison(OfType(FactType.Date), AnyOf(Ref("date"), Other(FactType.Date, DateUnits)), "eq ne gt gte lt lte", "");
        yield return Comparison(OfType(FactType.Text), Type("string"), "eq ne startsWith", "in notIn");
        yield return Comparison(OfType(FactType.Country).Where(fact => !fact.AllowsNone), Ref("country"), "eq ne", "in notIn");
        yield return Comparison(OfType(FactType.Country).Where(fact => fact.AllowsNone), AnyOf(Ref("country"), Const("None")), "eq ne", "in notIn");
        yield return Comparison(OfType(FactType.IntegerList).Concat(OfType(FactType.ObjectList)), Type("boolean"), "", "");
        foreach (var fact in Coded())
        {
            yield return fact.Type == FactType.Enumeration
                ? Comparison([fact], Ref(ValuesOf(fact)), "eq ne", "in notIn")
                : Comparison([fact], Ref(ValuesOf(fact)), "contains", "containsAny containsAll");
        }
    }

    private static JsonObject Comparison(IEnumerable<FactDefinition> facts, JsonNode value, string single, string lists)
    {
        var operators = new JsonObject { ["known"] = Type("boolean") };
        foreach (var name in Words(single))
        {
            operators[name] = value.DeepClone();
        }

        foreach (var name in Words(lists))
        {
            operators[name] = new JsonObject { ["type"] = "array", ["items"] = value.DeepClone(), ["minItems"] = 1, ["maxItems"] = 300 };
        }

        var one = operators.Select(each => (JsonNode)new JsonObject { ["required"] = new JsonArray(each.Key) }).ToArray();
        var properties = new JsonObject { ["fact"] = Enum(facts.SelectMany(Names)), ["absent"] = Ref("absent") };
        foreach (var (name, schema) in operators)
        {
            properties[name] = schema!.DeepClone();
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("fact"),
            ["additionalProperties"] = false,
            ["oneOf"] = new JsonArray(one),
            ["not"] = new JsonObject { ["required"] = new JsonArray("known", "absent") },
        };
    }

    private static JsonObject Other(FactType type, string units)
    {
        var properties = new JsonObject { ["fact"] = Enum(OfType(type).SelectMany(Names)) };
        foreach (var unit in Words(units))
        {
            properties[unit] = new JsonObject { ["type"] = "integer", ["minimum"] = -10_000, ["maximum"] = 10_000 };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("fact"),
            ["additionalProperties"] = false,
            ["maxProperties"] = 2,
        };
    }

    private static JsonNode Stated(FactDefinition fact) => fact.Type switch
    {
        _ when fact.Name == FactNames.RegulatorStep => AnyOf(Ref(ValuesOf(fact)), DatedStep(fact), StepObject(fact)),
        FactType.Boolean => Type("boolean"),
        FactType.Integer => Count(),
        FactType.Date => Ref("date"),
        FactType.Enumeration => Ref(ValuesOf(fact)),
        FactType.EnumerationSet => AnyOf(Ref(ValuesOf(fact)), List(Ref(ValuesOf(fact)))),
        FactType.Country => fact.AllowsNone ? AnyOf(Ref("country"), Const("None")) : Ref("country"),
        FactType.IntegerList => List(Count()),
        FactType.ObjectList => List(Ref("facts")),
        _ => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 256 },
    };

    private static JsonObject DatedStep(FactDefinition fact) => new()
    {
        ["type"] = "string",
        ["pattern"] = $"^({string.Join('|', fact.Values)})\\( *[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} *(, *[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} *)?\\)$",
    };

    private static JsonObject StepObject(FactDefinition fact) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["step"] = Ref(ValuesOf(fact)), ["date"] = Ref("date"), ["expires"] = Ref("date") },
        ["required"] = new JsonArray("step"),
        ["additionalProperties"] = false,
    };

    private static IEnumerable<string> Countries() =>
        from a in Enumerable.Range('A', 26) from b in Enumerable.Range('A', 26) let code = $"{(char)a}{(char)b}" where CountryCodes.IsCountry(code) select code;

    private static IEnumerable<string> Names(FactDefinition fact) =>
        FactCatalog.Aliases.Where(alias => alias.Value == fact.Name).Select(alias => alias.Key).Prepend(fact.Name);

    private static IEnumerable<FactDefinition> OfType(FactType type) => FactCatalog.All.Where(fact => fact.Type == type);

    private static string ValuesOf(FactDefinition fact) => $"{fact.Name}Value";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Count() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = FactBinding.MaxInteger };

    private static JsonObject Type(string name) => new() { ["type"] = name };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject Const(string value) => new() { ["const"] = value };

    private static JsonObject List(JsonNode items) => new() { ["type"] = "array", ["items"] = items, ["maxItems"] = FactBinding.MaxItems };

    private static JsonObject AnyOf(params JsonNode[] parts) => new() { ["anyOf"] = new JsonArray(parts) };

    private static JsonObject Enum(IEnumerable<string> values) => new() { ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
}
