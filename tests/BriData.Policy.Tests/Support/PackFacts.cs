using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using CsCheck;

namespace BriData.Policy.Tests.Support;

/// <summary>The facts that a pack reads, and the values at which its conditions turn.</summary>
internal sealed class PackFacts
{
    private readonly Dictionary<FactDefinition, List<FactValue>> literals = [];
    private readonly HashSet<FactDefinition> readingAbsence = [];

    public PackFacts(RulePack pack)
    {
        foreach (var rule in pack.Rules)
        {
            Collect(rule.When);
            if (rule.MayProceedNow is { } proceed)
            {
                Collect(proceed);
            }
        }

        foreach (var term in pack.MechanismTerms.Where(term => term.UsableWhen is not null))
        {
            Collect(term.UsableWhen!);
        }
    }

    /// <summary>Every fact that is read.</summary>
    public IEnumerable<FactDefinition> All => literals.Keys;

    /// <summary>Whether some condition gives a meaning to the fact being unknown: by <c>absent</c>, or by <c>known</c>.</summary>
    public bool GivesMeaningToAbsence(FactDefinition fact) => readingAbsence.Contains(fact);

    /// <summary>Values on both sides of what the pack compares the fact with.</summary>
    public Gen<FactValue> Value(FactDefinition fact, DateOnly day)
    {
        var named = literals[fact];
        return fact.Type switch
        {
            FactType.Integer => Around(named.Select(value => value.AsInteger()!.Value), 10).Select(FactValue.Of),
            FactType.Date => Around(named.Select(value => (long)value.AsDate()!.Value.DayNumber).Append(day.DayNumber), 1500)
                .Select(number => FactValue.Of(DateOnly.FromDayNumber((int)number))),
            FactType.Text => Generators.Among<FactValue>([.. named, FactValue.Of(fact.Name == FactNames.SubRegime ? "AE-DIFC" : "Elsewhere")]),
            FactType.Country => Generators.Among<FactValue>([.. named, FactValue.Of("US"), FactValue.Of("KZ")]),
            _ => Generators.Value(fact),
        };
    }

    private static Gen<long> Around(IEnumerable<long> limits, long spread)
    {
        long[] near = [.. limits.SelectMany(limit => (long[])[limit - 1, limit, limit + 1]).Where(value => value >= 0).Append(0).Append(1)];
        return Gen.OneOf(Generators.Among(near), Gen.Select(Generators.Among(near), Gen.Long[-spread, spread], (value, by) => Math.Max(0, value + by)));
    }

    private void Collect(Condition condition)
    {
        switch (condition)
        {
            case AllCondition all:
                Array.ForEach([.. all.Parts], Collect);
                break;
            case AnyCondition any:
                Array.ForEach([.. any.Parts], Collect);
                break;
            case NotCondition not:
                Collect(not.Part);
                break;
            case ComparisonCondition comparison:
                Collect(comparison);
                break;
        }
    }

    private void Collect(ComparisonCondition comparison)
    {
        var values = ValuesOf(comparison.Fact);
        if (comparison.Operator == ComparisonOperator.Known || comparison.WhenAbsent is not null)
        {
            readingAbsence.Add(comparison.Fact);
        }

        if (comparison.Operand is FactOperand other)
        {
            ValuesOf(other.Fact);
            if (comparison.WhenAbsent is not null)
            {
                readingAbsence.Add(other.Fact);
            }
        }
        else if (comparison.Operator is not (ComparisonOperator.Known or ComparisonOperator.StartsWith))
        {
            values.AddRange(((LiteralOperand)comparison.Operand).Values);
        }
    }

    private List<FactValue> ValuesOf(FactDefinition fact)
    {
        if (!literals.TryGetValue(fact, out var values))
        {
            literals.Add(fact, values = []);
        }

        return values;
    }
}
