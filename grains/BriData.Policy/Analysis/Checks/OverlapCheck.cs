using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Checks;

/// <summary>
/// Looks at base rules that share cases and differ in strictness. In a list where the first match decides, a permissive
/// rule before a stricter one takes cases away from it: a fault, unless the pack marks it as the law's exception or the
/// stricter one is the closing rule. The other way round is the usual order, and only noted.
/// </summary>
internal static class OverlapCheck
{
    public static void Run(
        AnalysisRun run,
        ImmutableArray<RuleReach> reach,
        ImmutableArray<(int Earlier, int Later)> pairs,
        IReadOnlySet<(int Earlier, int Later)> twins)
    {
        var needed = new HashSet<int>();
        foreach (var pair in pairs)
        {
            if (run.Solver.IsSpent)
            {
                break;
            }

            var (earlier, later) = (run.Model.Rules[pair.Earlier], run.Model.Rules[pair.Later]);
            if (!earlier.IsBase || !reach[pair.Earlier].IsAlive || !reach[pair.Later].IsAlive || twins.Contains(pair))
            {
                continue;
            }

            if (earlier.Strictness < later.Strictness)
            {
                // A closing rule says "otherwise": whatever stands before it is meant to.
                if (!later.Source.IsOtherwise && Decides(run, reach, pair) is { } region)
                {
                    needed.Add(pair.Earlier);
                    ReportPermissive(run, earlier, later, region);
                }
            }
            else if (earlier.Strictness > later.Strictness && run.WantsNotes && Decides(run, reach, pair) is { } region)
            {
                NoteStricter(run, earlier, later, region);
            }
        }

        NoteNeedless(run, reach, needed);
    }

    /// <summary>A region in which both apply and the earlier decides.</summary>
    private static Domains? Decides(AnalysisRun run, ImmutableArray<RuleReach> reach, (int Earlier, int Later) pair)
    {
        var rules = run.Model.Rules;
        var box = reach[pair.Earlier].Box!.Clone();
        foreach (var variable in run.Model.Space.Variables)
        {
            box.Keep(variable, reach[pair.Later].Box!.Of(variable));
        }

        var before = Enumerable.Range(0, pair.Earlier)
            .Where(i => rules[i].IsBase && reach[i].Box is { } other && other.Meets(box, run.Model.Space.Variables))
            .Select(i => new Goal(rules[i].Applies, Want.NotTrue));
        run.Solver.Find(
            [new(rules[pair.Earlier].Applies, Want.True), new(rules[pair.Later].Applies, Want.True), .. before], out var region);
        return region;
    }

    private static void ReportPermissive(AnalysisRun run, RuleModel earlier, RuleModel later, Domains region)
    {
        var (loose, strict) = (earlier.Source.Outcome!.Value.ToCode(), later.Source.Outcome!.Value.ToCode());
        if (earlier.Source.IsException)
        {
            if (run.WantsNotes)
            {
                Report(run, AnalysisKind.Exception, earlier, later, region, $"'{earlier.Id}' ({loose}) is an exception to '{later.Id}' ({strict}).");
            }
        }
        else
        {
            Report(run, AnalysisKind.Overlap, earlier, later, region,
                $"'{earlier.Id}' ({loose}) decides cases that the stricter '{later.Id}' ({strict}) also covers; mark it 'exception: true' if the law means that, else put it behind.");
        }
    }

    private static void NoteStricter(AnalysisRun run, RuleModel earlier, RuleModel later, Domains region)
    {
        var isSpecific = run.Solver.Find(
            [new(earlier.Applies, Want.True), new(later.InForce, Want.True), new(later.When, Want.NotTrue)]) == SearchResult.None;
        var (strict, loose) = (earlier.Source.Outcome!.Value.ToCode(), later.Source.Outcome!.Value.ToCode());
        Report(run, isSpecific ? AnalysisKind.SpecificFirst : AnalysisKind.StricterFirst, earlier, later, region, isSpecific
            ? $"'{earlier.Id}' ({strict}) is a special case of '{later.Id}' ({loose}) and comes before it."
            : $"'{earlier.Id}' ({strict}) shares cases with '{later.Id}' ({loose}) and comes before it.");
    }

    private static void Report(
        AnalysisRun run, AnalysisKind kind, RuleModel earlier, RuleModel later, Domains region, string explanation) =>
        run.Report(kind, [earlier.Source, later.Source], explanation, region, example =>
            example.Verdict.Rules.Any(rule => rule.Id == earlier.Id && rule.Result == "matched"));

    private static void NoteNeedless(AnalysisRun run, ImmutableArray<RuleReach> reach, HashSet<int> needed)
    {
        for (var at = 0; at < reach.Length && !run.Solver.GaveUp; at++)
        {
            var rule = run.Model.Rules[at].Source;
            if (rule.IsException && reach[at].IsAlive && !needed.Contains(at) && run.WantsNotes)
            {
                run.Note(AnalysisKind.NeedlessException, [rule], $"'{rule.Id}' is marked as an exception, but takes no case from a stricter rule behind it.");
            }
        }
    }
}
