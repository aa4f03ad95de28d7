using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds two rules that apply to the same cases on the days that both are law.</summary>
internal static class TwinCheck
{
    /// <summary>Reports the twins, and gives those that were reported.</summary>
    public static HashSet<(int Earlier, int Later)> Run(
        AnalysisRun run, ImmutableArray<RuleReach> reach, ImmutableArray<(int Earlier, int Later)> pairs)
    {
        var told = new HashSet<(int, int)>();
        foreach (var pair in pairs)
        {
            var (earlier, later) = (run.Model.Rules[pair.Earlier], run.Model.Rules[pair.Later]);
            if (!run.Solver.IsSpent
                && MayHoldTogether(reach[pair.Earlier], reach[pair.Later], later)
                && MayHoldTogether(reach[pair.Later], reach[pair.Earlier], earlier)
                && KindOf(earlier.Source, later.Source) is { } kind
                && SameCases(run, earlier, later, out var region))
            {
                told.Add(pair);
                Report(run, kind, earlier, later, region);
            }
        }

        return told;
    }

    /// <summary>Whether two conditions hold in the same cases, the days and the side left aside.</summary>
    public static bool SameConditions(AnalysisRun run, RuleModel one, RuleModel other) =>
        Implies(run, one, other, []) && Implies(run, other, one, []);

    /// <summary>
    /// False when the witness of one rule shows that the other holds in other cases. A witness tells nothing of other days.
    /// </summary>
    public static bool MayHoldTogether(RuleReach reach, RuleReach otherReach, RuleModel other) =>
        reach.ReadsDay || otherReach.ReadsDay || reach.Witness is not { } witness || Want.True.IsMetBy(other.When.Range(witness));

    private static AnalysisKind? KindOf(Rule earlier, Rule later)
    {
        if (earlier.Kind == RuleKind.Base)
        {
            return earlier.Outcome == later.Outcome ? AnalysisKind.Duplicate : AnalysisKind.Contradiction;
        }

        // Overlays add up: the same condition may carry one duty of each law.
        return earlier.Outcome == later.Outcome
            && later.MayProceedNow is null
            && later.Obligations.All(earlier.Obligations.Contains)
            && later.Excludes.All(earlier.Excludes.Contains)
            && later.Mechanisms.All(earlier.Mechanisms.Contains)
            ? AnalysisKind.Duplicate
            : null;
    }

    private static bool SameCases(AnalysisRun run, RuleModel earlier, RuleModel later, out Domains? region)
    {
        Goal[] common = [new(earlier.InForce, Want.True), new(later.InForce, Want.True)];
        var meets = run.Solver.Find([.. common, new(earlier.When, Want.True), new(later.When, Want.True)], out region);
        return meets == SearchResult.Found && Implies(run, earlier, later, common) && Implies(run, later, earlier, common);
    }

    private static bool Implies(AnalysisRun run, RuleModel one, RuleModel other, Goal[] common) =>
        run.Solver.Find([.. common, new(one.When, Want.True), new(other.When, Want.NotTrue)]) == SearchResult.None;

    private static void Report(AnalysisRun run, AnalysisKind kind, RuleModel earlier, RuleModel later, Domains? region)
    {
        var explanation = kind == AnalysisKind.Contradiction
            ? $"'{later.Id}' applies to the same cases as '{earlier.Id}' but says {later.Source.Outcome!.Value.ToCode()} where that says {earlier.Source.Outcome!.Value.ToCode()}; the earlier one decides."
            : $"'{later.Id}' applies to the same cases as '{earlier.Id}' and adds nothing to it.";
        run.Report(kind, [later.Source, earlier.Source], explanation, region!, static _ => true);
    }
}
