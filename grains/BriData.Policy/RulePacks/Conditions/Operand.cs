using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Conditions;

/// <summary>What a fact is compared with: literal values, or another fact with an offset.</summary>
public abstract record Operand
{
    private protected Operand()
    {
    }
}

/// <summary>Values written in the pack; more than one only where the operator takes a list.</summary>
public sealed record LiteralOperand(ImmutableArray<FactValue> Values) : Operand
{
    public bool Equals(LiteralOperand? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    public override int GetHashCode() => Values.Length;
}

/// <summary>The value of another fact, moved by an offset: <c>{fact: assessmentResultDate, plusYears: 3}</c>.</summary>
public sealed record FactOperand(FactDefinition Fact, long Offset, OffsetUnit Unit) : Operand;

/// <summary>What an offset counts.</summary>
public enum OffsetUnit
{
    None,
    Days,

    /// <summary>
    /// Working days of the pack's calendar. Where it lists no holidays, a deadline may fall earlier than the law's own.
    /// </summary>
    WorkingDays,
    Months,
    Years,
}
