using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds overlays whose outcome never shows and which add nothing else.</summary>
internal static class OverlayCheck
{
    public static void Run(AnalysisRun run, ImmutableArray<RuleReach> reach)
    {
        for (var at = 0; at < reach.Length; at++)
        {
            var rule = run.Model.Rules[at];
            if (!rule.IsBase
                && reach[at].Box is { } box
                && rule.Source is { Outcome: not null, MayProceedNow: null, Obligations.IsEmpty: true, Excludes.IsEmpty: true }
                && HidesBehind(run, reach, rule, box) is { } stricter)
            {
                var (other, region) = stricter;
                run.Report(
                    AnalysisKind.NoEffect,
                    [rule.Source, other.Source],
                    $"'{rule.Id}' has no effect: wherever it applies, a stricter rule such as '{other.Id}' ({other.Source.Outcome!.Value.ToCode()}) decides.",
                    region,
                    static _ => true);
            }
        }
    }

    // The strictest outcome wins, so an overlay shows as soon as one case leaves the decision to a rule that is no
    // stricter, to none at all, or to one with its own condition for starting.
    private static (RuleModel Rule, Domains Region)? HidesBehind(
        AnalysisRun run, ImmutableArray<RuleReach> reach, RuleModel overlay, Domains box)
    {
        var near = Enumerable.Range(0, reach.Length)
            .Where(i => reach[i].Box is { } other && other.Meets(box, run.Model.Space.Variables))
            .Select(i => run.Model.Rules[i])
            .ToList();
        List<RuleModel> hiding = [.. near.Where(rule => Hides(rule, overlay))];
        if (hiding.Count == 0 || run.Solver.Find([new(overlay.Applies, Want.True), .. Not(hiding)]) != SearchResult.None)
        {
            return null;
        }

        List<RuleModel> before = [];
        (RuleModel, Domains)? example = null;
        foreach (var rule in near.Where(rule => rule.IsBase))
        {
            var result = run.Solver.Find([new(overlay.Applies, Want.True), new(rule.Applies, Want.True), .. Not(before)], out var region);
            before.Add(rule);
            if (result == SearchResult.None)
            {
                continue;
            }

            if (result == SearchResult.GaveUp || !Hides(rule, overlay))
            {
                return null;
            }

            example ??= (rule, region!);
        }

        return example;
    }

    private static bool Hides(RuleModel rule, RuleModel overlay) =>
        rule.IsBase && rule.Strictness > overlay.Strictness && rule.Source.MayProceedNow is null;

    private static IEnumerable<Goal> Not(IEnumerable<RuleModel> rules) => rules.Select(rule => new Goal(rule.Applies, Want.NotTrue));
}
