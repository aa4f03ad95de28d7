using BriData.Policy.Analysis.Checks;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis;

/// <summary>
/// Finds what a reader of a rule pack easily misses: rules that can never match, rules that overlap with different
/// outcomes, and cases that no rule covers. Looks at complete statements, on days from the first rule on. Deterministic:
/// the same pack and limits give the same answer.
/// </summary>
public static class PackAnalyser
{
    /// <summary>Analyses a pack.</summary>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public static PackAnalysis Analyse(CompiledRulePack pack, AnalysisLimits limits, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(limits);
        var run = new AnalysisRun(pack, limits, cancellation);
        var reach = ReachCheck.Run(run);
        var pairs = RulePairs.Find(run, reach);
        var twins = TwinCheck.Run(run, reach, pairs);
        ReachCheck.ReportShadowed(run, reach, twins);
        OverlapCheck.Run(run, reach, pairs, twins);
        OverlayCheck.Run(run, reach);
        CoverageCheck.Run(run);
        DateGapCheck.Run(run, reach);
        PartsCheck.Run(run, reach);
        ConstantCheck.Run(run, reach);
        return run.Result();
    }
}
