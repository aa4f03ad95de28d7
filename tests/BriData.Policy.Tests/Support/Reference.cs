using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Tests.Support;

/// <summary>
/// A second, plain reading of conditions and packs for a real transfer, written from the description alone: null is
/// unknown.
/// </summary>
internal static class Reference
{
    public static bool? Evaluate(Condition condition, FactSet facts) => condition switch
    {
        AlwaysCondition => true,
        NotCondition not => !Evaluate(not.Part, facts),
        AllCondition all => Combine(all.Parts, facts, stop: false),
        AnyCondition any => Combine(any.Parts, facts, stop: true),
        ComparisonCondition comparison => Compare(comparison, facts),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Identifiers of the deciding rule and of the base rules before it that may apply.</summary>
    public static (string? Decided, ImmutableArray<string> Possible, ImmutableArray<string> Overlays) Read(RulePack pack, FactSet facts)
    {
        string? decided = null;
        var possible = ImmutableArray.CreateBuilder<string>();
        foreach (var rule in pack.Rules.Where(rule => rule.Kind == RuleKind.Base))
        {
            var truth = Evaluate(rule.When, facts);
            if (truth == true)
            {
                decided = rule.Id;
                break;
            }

            if (truth is null)
            {
                possible.Add(rule.Id);
            }
        }

        var overlays = pack.Rules.Where(rule => rule.Kind == RuleKind.Overlay && Evaluate(rule.When, facts) != false).Select(rule => rule.Id);
        return (decided, possible.ToImmutable(), [.. overlays]);
    }

    private static bool? Combine(ImmutableArray<Condition> parts, FactSet facts, bool stop)
    {
        bool? result = !stop;
        foreach (var part in parts)
        {
            var truth = Evaluate(part, facts);
            if (truth == stop)
            {
                return stop;
            }

            result = truth is null ? null : result;
        }

        return result;
    }

    private static bool? Compare(ComparisonCondition comparison, FactSet facts)
    {
        if (!facts.TryGet(comparison.Fact.Name, out var value) || value.AsText() == "Unknown")
        {
            return null;
        }

        if (Operands(comparison.Operand, facts) is not { } values)
        {
            return null;
        }

        return comparison.Operator switch
        {
            ComparisonOperator.Eq or ComparisonOperator.In => values.Contains(value),
            ComparisonOperator.Ne or ComparisonOperator.NotIn => !values.Contains(value),
            ComparisonOperator.Gte => Number(value) >= Number(values[0]),
            ComparisonOperator.Gt => Number(value) > Number(values[0]),
            ComparisonOperator.Lt => Number(value) < Number(values[0]),
            ComparisonOperator.Lte => Number(value) <= Number(values[0]),
            ComparisonOperator.ContainsAny => values.SelectMany(set => set.AsSet()).Any(value.AsSet().Contains),
            ComparisonOperator.ContainsAll => values.SelectMany(set => set.AsSet()).All(value.AsSet().Contains),
            _ => throw new InvalidOperationException(),
        };
    }

    // Offsets in days only.
    private static ImmutableArray<FactValue>? Operands(Operand operand, FactSet facts) => operand switch
    {
        LiteralOperand literal => literal.Values,
        FactOperand { Unit: OffsetUnit.None or OffsetUnit.Days } other => facts.TryGet(other.Fact.Name, out var value)
            ? [value.AsDate() is { } day ? FactValue.Of(day.AddDays((int)other.Offset)) : value]
            : null,
        _ => throw new InvalidOperationException(),
    };

    private static long? Number(FactValue value) => value.AsDate()?.DayNumber ?? value.AsInteger();
}
