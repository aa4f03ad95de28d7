using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Names the facts that leave rules open.</summary>
internal static class MissingFactFinder
{
    public static void Collect(
        PackEvaluator pack,
        PackEvaluation evaluation,
        DateOnly eventDate,
        EvaluationMode mode,
        Func<RuleHit, bool> counts,
        ref FactMask missing)
    {
        if (evaluation.Possible is null && evaluation.Overlays is null)
        {
            return;
        }

        Span<FactSlot> slots = stackalloc FactSlot[FactCatalog.All.Length];
        SlotFiller.Fill(slots, evaluation.Facts, eventDate, mode);
        foreach (var hit in evaluation.Possible ?? [])
        {
            if (counts(hit))
            {
                Reasons.Of(pack.Program, hit.Rule.When, slots, evaluation.Facts, ref missing);
            }
        }

        foreach (var hit in evaluation.Overlays ?? [])
        {
            if (!hit.Certain && hit.Rule.Strictness > 0 && counts(hit))
            {
                Reasons.Of(pack.Program, hit.Rule.When, slots, evaluation.Facts, ref missing);
            }
        }
    }
}
