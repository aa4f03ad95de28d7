using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds days between a rule and its successor, the next rule with the same condition, on which another rule decides.</summary>
internal static class DateGapCheck
{
    public static void Run(AnalysisRun run, ImmutableArray<RuleReach> reach)
    {
        for (var at = 0; at < reach.Length; at++)
        {
            var rule = run.Model.Rules[at];
            if (rule is { IsBase: true, Source: { EffectiveTo: { } last, Role: not RuleRole.Importer } }
                && last < DateOnly.MaxValue
                && reach[at].Box is not null
                && Successor(run, reach, at, last.AddDays(1)) is { } successor
                && successor.Source.EffectiveFrom > last.AddDays(1))
            {
                Report(run, rule, successor, last.AddDays(1));
            }
        }
    }

    /// <summary>The first rule with the same condition that is law on the day or later.</summary>
    private static RuleModel? Successor(AnalysisRun run, ImmutableArray<RuleReach> reach, int at, DateOnly day)
    {
        var rule = run.Model.Rules[at];
        return Enumerable.Range(0, reach.Length)
            .Where(i => i != at && run.Model.Rules[i].IsBase && run.Model.Rules[i].Source.Role == rule.Source.Role)
            .Where(i => TwinCheck.MayHoldTogether(reach[at], reach[i], run.Model.Rules[i]) && TwinCheck.MayHoldTogether(reach[i], reach[at], rule))
            .Select(i => run.Model.Rules[i])
            .Where(other => other.Source.EffectiveTo is not { } last || last >= day)
            .OrderBy(other => other.Source.EffectiveFrom)
            .FirstOrDefault(other => TwinCheck.SameConditions(run, rule, other));
    }

    private static void Report(AnalysisRun run, RuleModel rule, RuleModel successor, DateOnly day)
    {
        var onTheDay = new ValueFormula(run.Model.Day, i => run.Model.Day.Candidates[i].Value!.AsDate() == day ? Truth.True : Truth.False);
        Goal[] onTheDayAsWritten = [new(onTheDay, Want.True), new(run.Model.OnTheExportersSide, Want.True), new(rule.When, Want.True)];
        var nothingDecides = run.Model.Rules.Where(other => other.Source.Outcome is not null).Select(other => new Goal(other.Applies, Want.False));

        // Where nothing decides on these days, they are uncovered, which is told elsewhere.
        if (run.Solver.Find([.. onTheDayAsWritten, .. nothingDecides]) == SearchResult.None
            && run.Solver.Find(onTheDayAsWritten, out var region) == SearchResult.Found)
        {
            run.Report(
                AnalysisKind.DateGap,
                [rule.Source, successor.Source],
                $"From {day:yyyy-MM-dd} to {successor.Source.EffectiveFrom.AddDays(-1):yyyy-MM-dd} neither '{rule.Id}' nor its successor '{successor.Id}' is law, and another rule decides.",
                region!,
                static example => example.Verdict.DecidingRule != VerdictBuilder.NoRule,
                holding: []);
        }
    }
}
