using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// A value that stands for all values which no condition of the pack tells apart from it.
/// </summary>
/// <param name="Value">The value; null for a fact that nobody states.</param>
/// <param name="Slot">How the evaluator holds it.</param>
/// <param name="Alone">A set that states this fact only; texts are read from there.</param>
/// <param name="Members">All values it stands for where they can be listed, as text.</param>
internal sealed record Candidate(FactValue? Value, FactSlot Slot, FactSet Alone, ImmutableArray<string> Members)
{
    public static Candidate Of(FactDefinition fact, FactValue value)
    {
        FactBinding.Bind(fact, value, out var bits);
        var text = value.AsText() ?? value.ToString();
        return new Candidate(value, FactSlot.Exactly(bits, SlotState.Stated), FactSet.Empty.With(new FactEntry(fact, value, bits)), [text]);
    }

    public static Candidate Unstated(FactDefinition fact) =>
        new(null, SlotTemplates.For(EvaluationMode.StatedCase)[fact.Index], FactSet.Empty, ["not stated"]);
}
