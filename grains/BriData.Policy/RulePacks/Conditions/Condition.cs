using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Conditions;

/// <summary>
/// When a rule applies: a typed expression over facts with three values. <c>all</c> is false as soon as one part is,
/// <c>any</c> is true as soon as one part is; otherwise an unknown part makes the whole unknown (Kleene).
/// </summary>
public abstract record Condition
{
    private protected Condition()
    {
    }
}

/// <summary>True, whatever the facts.</summary>
public sealed record AlwaysCondition : Condition;

/// <summary>True when every part is.</summary>
public sealed record AllCondition(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when one part is.</summary>
public sealed record AnyCondition(ImmutableArray<Condition> Parts) : Condition;

/// <summary>True when the part is false; unknown when it is unknown.</summary>
public sealed record NotCondition(Condition Part) : Condition;

/// <summary>A comparison of one fact.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Operand">With what.</param>
/// <param name="WhenAbsent">
/// The result when nobody stated the fact, or it was stated as unknown; null leaves it to the fact's own rule on
/// absence. For duties and prohibitions about special data that an exporter who holds none would not mention.
/// </param>
public sealed record ComparisonCondition(
    FactDefinition Fact, ComparisonOperator Operator, Operand Operand, AbsentResult? WhenAbsent) : Condition;
