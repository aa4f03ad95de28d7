using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Checks;

/// <summary>
/// Finds the cases on which the exporter's side has no rule: from the first base rule on, none applies, and no overlay
/// decides either. Pieces that share cases are told as one region.
/// </summary>
internal static class CoverageCheck
{
    private const int MaxPiecesTold = 3;

    public static void Run(AnalysisRun run)
    {
        if (run.Model.FirstDay == DateOnly.MaxValue)
        {
            return;
        }

        Goal[] uncovered =
        [
            new(run.Model.OnTheExportersSide, Want.True),
            .. run.Model.Rules.Where(rule => rule.Source.Outcome is not null).Select(rule => new Goal(rule.Applies, Want.False)),
        ];
        foreach (var region in Join(run, Pieces(run, uncovered)))
        {
            var texts = region.Select(piece => RegionText.Of(run.Model, piece.Wide)).Take(MaxPiecesTold);
            run.Report(
                AnalysisKind.Uncovered,
                [.. NextTo(run, region[0].Wide).Select(rule => rule.Source)],
                $"No rule covers cases with {string.Join(", nor with ", texts)}.",
                region[0].Found,
                static example => example.Verdict.DecidingRule == VerdictBuilder.NoRule,
                holding: []);
        }
    }

    private static List<Piece> Pieces(AnalysisRun run, Goal[] uncovered)
    {
        var pieces = new List<Piece>();
        var goals = new List<Goal>(uncovered);
        while (run.Solver.Find(goals, out var region) == SearchResult.Found)
        {
            if (pieces.Count == run.Limits.UncoveredPieces)
            {
                run.IsCut = true;
                break;
            }

            var wide = Widen(run.Model, uncovered, region!.Clone());
            pieces.Add(new Piece(region, wide));
            goals.Add(new Goal(PackModel.Within(run.Model.Space.Variables, wide), Want.False));
        }

        return pieces;
    }

    // Takes in, variable by variable, every value with which the whole piece stays uncovered.
    private static Domains Widen(PackModel model, Goal[] uncovered, Domains region)
    {
        foreach (var variable in model.Space.Variables)
        {
            for (var i = 0; i < variable.Candidates.Length; i++)
            {
                if (region.Has(variable, i))
                {
                    continue;
                }

                region.Add(variable, i);
                if (!Array.TrueForAll(uncovered, goal => goal.Want.IsMetBy(goal.Formula.Range(region))))
                {
                    region.Remove(variable, variable.MaskOf(other => other == i));
                }
            }
        }

        return region;
    }

    private static List<List<Piece>> Join(AnalysisRun run, List<Piece> pieces)
    {
        var regions = new List<List<Piece>>();
        while (pieces.Count > 0)
        {
            var joined = new List<Piece> { pieces[0] };
            pieces.RemoveAt(0);
            for (var i = 0; i < joined.Count; i++)
            {
                foreach (var piece in pieces.Where(piece => piece.Wide.Meets(joined[i].Wide, run.Model.Space.Variables)).ToList())
                {
                    joined.Add(piece);
                    pieces.Remove(piece);
                }
            }

            regions.Add(joined);
        }

        return regions;
    }

    // The rules that would cover the region if one number or day were just outside it.
    private static ImmutableArray<RuleModel> NextTo(AnalysisRun run, Domains region)
    {
        var moved = run.Model.Space.Variables.Where(variable => variable.Fact.IsNumeric).SelectMany(variable =>
            Enumerable.Range(0, variable.Candidates.Length)
                .Where(i => !region.Has(variable, i) && IsBeside(variable, region, i))
                .Select(i =>
                {
                    var beside = region.Clone();
                    variable.MaskOf(other => other == i).CopyTo(beside.Of(variable));
                    return beside;
                })).ToList();
        return [.. run.Model.Rules.Where(rule => rule.IsBase && moved.Exists(beside => Want.True.IsMetBy(rule.Applies.Range(beside))))];
    }

    private static bool IsBeside(Variable variable, Domains region, int i) =>
        (i > 0 && region.Has(variable, i - 1)) || (i + 1 < variable.Candidates.Length && region.Has(variable, i + 1));

    /// <summary>A region in which nothing applies: as it was found, with consistent cases only, and as wide as it can be.</summary>
    private sealed record Piece(Domains Found, Domains Wide);
}
