using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads <c>{fact: name, operator: value, absent: …}</c> and checks that the operator and the value fit the fact.</summary>
internal static class ComparisonReader
{
    private static readonly Dictionary<string, ComparisonOperator> Operators = new(StringComparer.Ordinal)
    {
        ["eq"] = ComparisonOperator.Eq,
        ["ne"] = ComparisonOperator.Ne,
        ["in"] = ComparisonOperator.In,
        ["notIn"] = ComparisonOperator.NotIn,
        ["gt"] = ComparisonOperator.Gt,
        ["gte"] = ComparisonOperator.Gte,
        ["lt"] = ComparisonOperator.Lt,
        ["lte"] = ComparisonOperator.Lte,
        ["contains"] = ComparisonOperator.Contains,
        ["containsAny"] = ComparisonOperator.ContainsAny,
        ["containsAll"] = ComparisonOperator.ContainsAll,
        ["startsWith"] = ComparisonOperator.StartsWith,
        ["known"] = ComparisonOperator.Known,
    };

    public static Condition Read(YamlMap map, ReadingErrors errors)
    {
        var before = errors.Count;
        FactDefinition? fact = null;
        (YamlScalar Key, ComparisonOperator Operator, YamlItem Value)? comparison = null;
        AbsentResult? whenAbsent = null;
        foreach (var (key, value) in map.Members)
        {
            if (key.Value == "fact")
            {
                fact = Fact(value, errors);
            }
            else if (key.Value == "absent")
            {
                whenAbsent = Absent(value, errors);
            }
            else if (!Operators.TryGetValue(key.Value, out var found))
            {
                errors.Add(key, "unknown_operator", $"'{MapReader.Shorten(key.Value)}' is not an operator.");
            }
            else if (comparison is not null)
            {
                errors.Add(key, "unknown_key", "A comparison has one operator.");
            }
            else
            {
                comparison = (key, found, value);
            }
        }

        if (comparison is null && errors.Count == before)
        {
            errors.Add(map, "missing_key", "The comparison has no operator.");
        }

        if (fact is null || comparison is not { } chosen)
        {
            return new AlwaysCondition();
        }

        if (!Applies(chosen.Operator, fact.Type))
        {
            errors.Add(chosen.Key, "operator_not_applicable", $"'{chosen.Key.Value}' does not apply to '{fact.Name}', which is {FactBinding.Expectation(fact)}.");
            return new AlwaysCondition();
        }

        if (chosen.Operator == ComparisonOperator.Known && whenAbsent is not null)
        {
            errors.Add(map, "unknown_key", "'absent' has no meaning beside 'known'.");
        }

        var operand = OperandReader.Read(fact, chosen.Operator, chosen.Value, errors);
        return new ComparisonCondition(fact, chosen.Operator, operand, whenAbsent);
    }

    public static FactDefinition? Fact(YamlItem item, ReadingErrors errors)
    {
        if (item is YamlScalar name && FactCatalog.TryGet(name.Value, out var fact))
        {
            return fact;
        }

        errors.Add(item, "unknown_fact", $"There is no fact '{MapReader.Shown(item)}'.");
        return null;
    }

    private static AbsentResult? Absent(YamlItem item, ReadingErrors errors)
    {
        switch (item)
        {
            case YamlScalar { Value: "true" }:
                return AbsentResult.True;
            case YamlScalar { Value: "false" }:
                return AbsentResult.False;
            case YamlScalar { Value: "unknown" }:
                return AbsentResult.Unknown;
            default:
                errors.Add(item, "wrong_type", "true, false or unknown is expected here.");
                return null;
        }
    }

    private static bool Applies(ComparisonOperator comparison, FactType type) => comparison switch
    {
        ComparisonOperator.Known => true,
        ComparisonOperator.Eq or ComparisonOperator.Ne => type is not (FactType.EnumerationSet or FactType.IntegerList or FactType.ObjectList),
        ComparisonOperator.In or ComparisonOperator.NotIn => type is FactType.Enumeration or FactType.Country or FactType.Text,
        ComparisonOperator.Contains or ComparisonOperator.ContainsAny or ComparisonOperator.ContainsAll => type is FactType.EnumerationSet,
        ComparisonOperator.StartsWith => type is FactType.Text,
        _ => type is FactType.Integer or FactType.Date,
    };
}
