using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>The slots as they are before any fact is stated.</summary>
internal static class SlotTemplates
{
    /// <summary>The number that stands for "none of the listed values" of an enumeration.</summary>
    public const long NoneOfThese = -1;

    private static readonly FactSlot[] StatedCase = Build(absence => absence != AbsencePolicy.Unknown);
    private static readonly FactSlot[] Transfer = Build(absence => absence == AbsencePolicy.Finding);

    /// <summary>Every fact open: it may turn out stated or not.</summary>
    public static readonly FactSlot[] Open = [.. Enumerable.Repeat(FactSlot.Unknown with { State = SlotState.Open }, FactCatalog.All.Length)];

    public static ReadOnlySpan<FactSlot> For(EvaluationMode mode) => mode == EvaluationMode.StatedCase ? StatedCase : Transfer;

    private static FactSlot[] Build(Func<AbsencePolicy, bool> assumes)
    {
        var slots = new FactSlot[FactCatalog.All.Length];
        foreach (var fact in FactCatalog.All)
        {
            slots[fact.Index] = assumes(fact.Absence) ? FactSlot.Exactly(AssumedBits(fact), SlotState.Assumed) : FactSlot.Unknown;
        }

        return slots;
    }

    private static long AssumedBits(FactDefinition fact)
    {
        if (fact.AssumedWhenAbsent is not { } value)
        {
            return NoneOfThese;
        }

        FactBinding.Bind(fact, value, out var bits);
        return bits;
    }
}
