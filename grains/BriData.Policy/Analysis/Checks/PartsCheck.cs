using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds conditions for starting, and terms of mechanisms, that can never hold.</summary>
internal static class PartsCheck
{
    public static void Run(AnalysisRun run, ImmutableArray<RuleReach> reach)
    {
        for (var at = 0; at < reach.Length; at++)
        {
            CheckMayProceed(run, run.Model.Rules[at], reach[at]);
        }

        foreach (var term in run.Model.Terms)
        {
            if (run.Solver.Find([new(term.Usable, Want.True)]) == SearchResult.None)
            {
                run.Report(new AnalysisFinding
                {
                    Kind = AnalysisKind.NeverUsable,
                    Rules = [term.Source.Mechanism],
                    Line = 0,
                    Explanation = $"A record of {term.Source.Mechanism} never counts under the term in force from {term.Source.EffectiveFrom:yyyy-MM-dd}: {ConditionText.Of(term.Source.UsableWhen!)} cannot hold.",
                });
            }
        }
    }

    private static void CheckMayProceed(AnalysisRun run, RuleModel rule, RuleReach reach)
    {
        // A plain "false" is the author's word that nothing lets the transfer start.
        if (rule.MayProceed is { } proceed
            && reach.IsAlive
            && !rule.Source.Mechanisms.IsEmpty
            && rule.Source.MayProceedNow is not NotCondition { Part: AlwaysCondition }
            && run.Solver.Find([new(rule.Applies, Want.True), new(proceed, Want.True)]) == SearchResult.None)
        {
            run.Report(
                AnalysisKind.NeverProceeds,
                [rule.Source],
                $"'{rule.Id}' names mechanisms, but no case to which it applies lets the transfer start: {ConditionText.Of(rule.Source.MayProceedNow!)} cannot hold with it.");
        }
    }
}
