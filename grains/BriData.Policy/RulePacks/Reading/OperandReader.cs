using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads what a fact is compared with.</summary>
internal static class OperandReader
{
    private const int MaxValues = 300;
    private const long MaxOffset = 10_000;

    private static readonly Dictionary<string, OffsetUnit> Units = new(StringComparer.Ordinal)
    {
        ["plusDays"] = OffsetUnit.Days,
        ["plusWorkingDays"] = OffsetUnit.WorkingDays,
        ["plusMonths"] = OffsetUnit.Months,
        ["plusYears"] = OffsetUnit.Years,
    };

    public static Operand Read(FactDefinition fact, ComparisonOperator comparison, YamlItem item, ReadingErrors errors)
    {
        if (comparison == ComparisonOperator.Known)
        {
            return new LiteralOperand([Boolean(item, errors)]);
        }

        if (item is YamlMap map && fact.IsNumeric)
        {
            return Reference(fact, map, errors);
        }

        var takesList = comparison is ComparisonOperator.In or ComparisonOperator.NotIn
            or ComparisonOperator.ContainsAny or ComparisonOperator.ContainsAll;
        if (!takesList)
        {
            return new LiteralOperand([Literal(fact, item, errors)]);
        }

        if (item is not YamlList { Items.Count: > 0 and <= MaxValues } list)
        {
            errors.Add(item, "wrong_type", $"A list of 1 to {MaxValues} values is expected here.");
            return new LiteralOperand([]);
        }

        return new LiteralOperand([.. list.Items.Select(value => Literal(fact, value, errors))]);
    }

    private static FactValue Boolean(YamlItem item, ReadingErrors errors)
    {
        if (YamlValues.AsBoolean(item) is { } flag)
        {
            return FactValue.Of(flag);
        }

        errors.Add(item, "wrong_type", "true or false is expected here.");
        return FactValue.Of(true);
    }

    private static FactValue Literal(FactDefinition fact, YamlItem item, ReadingErrors errors)
    {
        var value = fact.Type switch
        {
            FactType.Boolean => YamlValues.AsBoolean(item) is { } flag ? FactValue.Of(flag) : null,
            FactType.Integer => YamlValues.AsInteger(item) is { } number ? FactValue.Of(number) : null,
            FactType.Date => item is YamlScalar day && IsoDate.TryParse(day.Value, out var date) ? FactValue.Of(date) : null,
            FactType.EnumerationSet => item is YamlScalar code ? FactValue.OfSet([code.Value]) : null,
            _ => item is YamlScalar text ? FactValue.Of(text.Value) : null,
        };
        if (value is null)
        {
            errors.Add(item, "wrong_type", $"'{fact.Name}' is {FactBinding.Expectation(fact)}.");
            return FactValue.Of(false);
        }

        // A prefix is not a whole value, so only its length matters.
        var isPrefix = fact.Name == FactNames.SubRegime && item is YamlScalar { Value: [.., '-'] };
        if (!isPrefix && FactBinding.Bind(fact, value, out _) is { } error)
        {
            errors.Add(item, "unknown_value", error.Message);
        }

        return value;
    }

    private static FactOperand Reference(FactDefinition fact, YamlMap map, ReadingErrors errors)
    {
        FactDefinition? other = null;
        var unit = OffsetUnit.None;
        long offset = 0;
        foreach (var (key, value) in map.Members)
        {
            if (key.Value == "fact")
            {
                other = ComparisonReader.Fact(value, errors);
            }
            else if (unit != OffsetUnit.None || !Units.TryGetValue(key.Value, out unit))
            {
                errors.Add(key, "unknown_key", $"'{MapReader.Shorten(key.Value)}' is not one of plusDays, plusWorkingDays, plusMonths, plusYears.");
            }
            else if (YamlValues.AsInteger(value) is not { } number || Math.Abs(number) > MaxOffset)
            {
                errors.Add(value, "wrong_type", $"A whole number up to {MaxOffset} is expected here.");
            }
            else
            {
                offset = number;
            }
        }

        if (other is null)
        {
            errors.Add(map, "missing_key", "The key 'fact' is missing.");
        }
        else if (other.Type != fact.Type || (other.Type == FactType.Integer && unit != OffsetUnit.None))
        {
            errors.Add(map, "operator_not_applicable", $"'{fact.Name}' cannot be compared with '{other.Name}' in this way.");
        }

        return new FactOperand(other ?? fact, offset, unit);
    }
}
