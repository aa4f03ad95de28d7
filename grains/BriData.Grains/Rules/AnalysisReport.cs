using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Rules;
using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Rules;

/// <summary>From the analysis of a pack to what leaves the platform.</summary>
internal static class AnalysisReport
{
    public static RulePackAnalysis Of(CompiledRulePack pack, PackAnalysis analysis) => new(
        pack.Jurisdiction,
        pack.Version,
        analysis.Complete,
        analysis.Rules,
        [.. analysis.Findings.Select(Of)],
        [.. analysis.Notes.Select(Of)]);

    private static RulePackFinding Of(AnalysisFinding finding) => new(
        JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()),
        finding.Rules,
        finding.Line,
        finding.Explanation,
        finding.Example is { } example
            ? new RulePackExample(
                example.EventDate,
                new JsonText(example.Facts.ToCanonicalJson()),
                example.Verdict.Outcome.ToCode(),
                example.Verdict.MayProceedNow,
                example.Verdict.DecidingRule)
            : null);
}
