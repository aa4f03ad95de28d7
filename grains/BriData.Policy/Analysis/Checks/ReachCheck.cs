using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds rules that never match, and base rules behind which nothing is left.</summary>
internal static class ReachCheck
{
    // Naming the fewest rules costs a search for each; past this many, all that overlap are named.
    private const int MaxMinimised = 60;

    public static ImmutableArray<RuleReach> Run(AnalysisRun run)
    {
        var reach = ImmutableArray.CreateBuilder<RuleReach>();
        for (var at = 0; at < run.Model.Rules.Length; at++)
        {
            reach.Add(Reach(run, at, reach));
        }

        return reach.ToImmutable();
    }

    /// <summary>Reports the shadowed rules, save those that <paramref name="told"/> says were told otherwise.</summary>
    public static void ReportShadowed(AnalysisRun run, ImmutableArray<RuleReach> reach, IReadOnlySet<(int Earlier, int Later)> told)
    {
        for (var at = 0; at < reach.Length; at++)
        {
            if (reach[at].ShadowedBy is not { IsEmpty: false } by || (by.Length == 1 && told.Contains((by[0], at))))
            {
                continue;
            }

            var rule = run.Model.Rules[at];
            var earlier = by.Select(i => run.Model.Rules[i]).ToList();
            run.Report(
                AnalysisKind.Shadowed,
                [rule.Source, .. earlier.Select(each => each.Source)],
                $"'{rule.Id}' never decides: wherever it applies, {string.Join(" or ", earlier.Select(each => $"'{each.Id}'"))} has decided before.");
        }
    }

    private static RuleReach Reach(AnalysisRun run, int at, ImmutableArray<RuleReach>.Builder before)
    {
        var rule = run.Model.Rules[at];
        Goal[] applies = [new(rule.Applies, Want.True)];
        var result = run.Solver.Find(applies, out var region);
        var reach = new RuleReach { Box = null, Witness = region?.FirstOf(run.Model.Space.Variables), ReadsDay = run.Model.ReadsDay(rule) };
        if (result == SearchResult.None)
        {
            run.Report(AnalysisKind.NeverMatches, [rule.Source], Explain(run, rule));
            return reach;
        }

        // What narrowing cannot rule out counts as possible where a search gave up.
        reach = reach with { Box = run.Solver.Narrow(applies) ?? run.Model.Space.Full };
        if (!rule.IsBase)
        {
            return reach;
        }

        List<int> earlier = [.. Enumerable.Range(0, at).Where(i =>
            run.Model.Rules[i].IsBase && before[i].Box is { } box && box.Meets(reach.Box, run.Model.Space.Variables))];
        var decides = reach.Witness is { } witness && earlier.TrueForAll(i => Want.NotTrue.IsMetBy(run.Model.Rules[i].Applies.Range(witness)));
        return decides || !Covers(run, rule, earlier) ? reach : reach with { ShadowedBy = Fewest(run, rule, earlier) };
    }

    private static bool Covers(AnalysisRun run, RuleModel rule, IEnumerable<int> earlier) =>
        run.Solver.Find([new(rule.Applies, Want.True), .. earlier.Select(i => new Goal(run.Model.Rules[i].Applies, Want.NotTrue))]) == SearchResult.None;

    private static ImmutableArray<int> Fewest(AnalysisRun run, RuleModel rule, List<int> earlier)
    {
        foreach (var one in earlier)
        {
            if (Covers(run, rule, [one]))
            {
                return [one];
            }
        }

        for (var i = earlier.Count - 1; i >= 0 && earlier.Count <= MaxMinimised; i--)
        {
            List<int> fewer = [.. earlier];
            fewer.RemoveAt(i);
            if (Covers(run, rule, fewer))
            {
                earlier = fewer;
            }
        }

        return [.. earlier];
    }

    private static string Explain(AnalysisRun run, RuleModel rule)
    {
        if (run.Solver.Find([new(rule.When, Want.True)]) == SearchResult.Found)
        {
            return $"'{rule.Id}' never matches: its condition cannot hold on the days and the side for which the rule is law.";
        }

        if (rule.Source.When is not AllCondition all)
        {
            return $"'{rule.Id}' never matches: {ConditionText.Of(rule.Source.When)} cannot hold.";
        }

        List<int> parts = [.. Enumerable.Range(0, all.Parts.Length)];
        var formulas = ((JunctionFormula)rule.When).Parts;
        foreach (var part in parts.ToList())
        {
            if (run.Solver.Find(parts.Where(other => other != part).Select(other => new Goal(formulas[other], Want.True))) == SearchResult.None)
            {
                parts.Remove(part);
            }
        }

        return $"'{rule.Id}' never matches: {string.Join(" and ", parts.Select(part => ConditionText.Of(all.Parts[part])))} cannot hold{(parts.Count > 1 ? " together" : "")}.";
    }
}
