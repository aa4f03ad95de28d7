using BriData.Policy.Analysis;

namespace BriData.Policy.Tests.Analysis;

/// <summary>Findings as a failing test shows them.</summary>
internal static class Told
{
    public static string Finding(AnalysisFinding finding) =>
        $"line {finding.Line} {finding.Kind} [{string.Join(", ", finding.Rules)}] {finding.Explanation}"
        + (finding.Example is { } example ? $" e.g. {example.EventDate:yyyy-MM-dd} {example.Facts} -> {example.Verdict.DecidingRule} {example.Verdict.Outcome}" : "");
}
