using System.Collections.Immutable;

namespace BriData.Policy.Analysis.Checks;

/// <summary>The pairs of rules of one kind that can meet in a case, as far as their single facts tell.</summary>
internal static class RulePairs
{
    // As many as a pack of two thousand rules that all overlap.
    private const int MaxPairs = 2_000_000;

    public static ImmutableArray<(int Earlier, int Later)> Find(AnalysisRun run, ImmutableArray<RuleReach> reach)
    {
        var pairs = ImmutableArray.CreateBuilder<(int, int)>();
        for (var later = 1; later < reach.Length; later++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (run.Model.Rules[earlier].IsBase != run.Model.Rules[later].IsBase
                    || reach[earlier].Box is not { } box
                    || reach[later].Box is not { } other
                    || !box.Meets(other, run.Model.Space.Variables))
                {
                    continue;
                }

                if (pairs.Count >= MaxPairs)
                {
                    run.IsCut = true;
                    return pairs.ToImmutable();
                }

                pairs.Add((earlier, later));
                run.Pairs += run.Model.Rules[later].IsBase ? 1 : 0;
            }
        }

        return pairs.ToImmutable();
    }
}
