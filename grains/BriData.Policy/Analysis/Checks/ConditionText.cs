using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Conditions as a pack writes them, shortened for a sentence.</summary>
internal static class ConditionText
{
    private const int MaxLength = 160;

    public static string Of(Condition condition)
    {
        var text = Write(condition);
        return text.Length <= MaxLength ? $"[{text}]" : $"[{text[..MaxLength]}…]";
    }

    private static string Write(Condition condition) => condition switch
    {
        AllCondition all => $"all of ({string.Join("; ", all.Parts.Select(Write))})",
        AnyCondition any => $"any of ({string.Join("; ", any.Parts.Select(Write))})",
        NotCondition not => $"not ({Write(not.Part)})",
        ComparisonCondition comparison => $"{comparison.Fact.Name} {NameOf(comparison.Operator)} {Write(comparison.Operand)}",
        _ => "always",
    };

    private static string NameOf(ComparisonOperator comparison)
    {
        var name = comparison.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Write(Operand operand) => operand switch
    {
        FactOperand { Unit: OffsetUnit.None } other => other.Fact.Name,
        FactOperand other => $"{other.Fact.Name} plus {other.Offset} {other.Unit}",
        LiteralOperand literal => string.Join(", ", literal.Values.SelectMany(Write)),
        _ => "",
    };

    private static IEnumerable<string> Write(FactValue value) =>
        value.AsSet() is { IsEmpty: false } codes ? codes
        : value.AsDate() is { } date ? [date.ToString("yyyy-MM-dd", null)]
        : [value.AsText() ?? value.ToString()];
}
