using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// Judges several flows together. A flow under a rule that the law leaves out of the running totals (an exemption of
/// CN Provisions arts. 3 to 6) is set aside; the persons of all others add up, and each of those is judged under the
/// sum. Listing the flows states the volume, so totals that nobody states are the sums. The strictest flow decides.
/// </summary>
internal static class FlowJudge
{
    public static PackEvaluation Evaluate(PackEvaluator pack, FactSet facts, DateOnly eventDate, EvaluationMode mode)
    {
        var flows = facts.Entries[facts.Find(SlotIndexes.Flows)].Value.Objects;
        var common = facts.Without(FactNames.Flows);
        if (flows.IsEmpty)
        {
            return pack.EvaluateOne(common, eventDate, mode);
        }

        var evaluations = new List<PackEvaluation>();
        var counted = new List<FactSet>();
        foreach (var flow in flows)
        {
            var alone = pack.EvaluateOne(common.Merge(flow), eventDate, mode);
            if (alone is { Decided.Rule.Source.CountsTowardTotals: false, Possible: null })
            {
                evaluations.Add(alone);
            }
            else
            {
                counted.Add(common.Merge(flow));
            }
        }

        Judge(pack, counted, eventDate, mode, evaluations);
        return Strictest(evaluations);
    }

    private static void Judge(
        PackEvaluator pack, List<FactSet> counted, DateOnly eventDate, EvaluationMode mode, List<PackEvaluation> evaluations)
    {
        long? general = 0, sensitive = 0;
        foreach (var flow in counted)
        {
            if (IsSensitive(flow))
            {
                sensitive += PersonsOf(flow, FactNames.SensitiveSubjects);
            }
            else
            {
                general += PersonsOf(flow, FactNames.PersonalSubjects);
            }
        }

        foreach (var flow in counted)
        {
            var summed = AtLeast(AtLeast(flow, FactNames.PersonalSubjects, general), FactNames.SensitiveSubjects, sensitive);
            evaluations.Add(pack.EvaluateOne(summed, eventDate, mode));
        }
    }

    private static FactSet AtLeast(FactSet flow, string total, long? sum)
    {
        if (sum is not { } persons)
        {
            return flow;
        }

        var stated = flow.TryGet(total, out var value) ? value.Number : 0;
        return flow.With(total, Math.Min(FactBinding.MaxInteger, Math.Max(stated, persons)));
    }

    private static bool IsSensitive(FactSet flow) =>
        flow.TryGet(FactNames.PersonalCategory, out var categories)
        && FactBinding.Bind(FactCatalog.Get(FactNames.PersonalCategory), categories, out var bits) is null
        && (bits & SlotIndexes.SensitiveCategories) != 0;

    // A flow that does not say how many persons it holds leaves the sum unknown.
    private static long? PersonsOf(FactSet flow, string total) =>
        flow.TryGet(FactNames.Subjects, out var subjects) ? subjects.Number
        : flow.TryGet(total, out var stated) ? stated.Number
        : null;

    private static PackEvaluation Strictest(List<PackEvaluation> evaluations)
    {
        var strictest = evaluations[0];
        foreach (var evaluation in evaluations)
        {
            if (VerdictBuilder.StrictnessOf(evaluation) > VerdictBuilder.StrictnessOf(strictest))
            {
                strictest = evaluation;
            }
        }

        evaluations.Remove(strictest);
        strictest.OtherFlows = evaluations.Count == 0 ? null : evaluations;
        return strictest;
    }
}
