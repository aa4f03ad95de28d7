using BriData.Policy.Analysis;
using static BriData.Policy.Tests.Support.Packs;

namespace BriData.Policy.Tests.Analysis;

/// <content>Cases and days that no rule covers, or not the one that was meant.</content>
internal static partial class SeededFaults
{
    private static SeededFault[] Uncovered() =>
    [
        In(Clean, "no closing rule", "when: " + Personal + "\n    outcome: PROHIBITED\n", "when: " + All(Personal, "{fact: ciio, eq: true}") + "\n    outcome: PROHIBITED\n",
            AnalysisKind.Uncovered),
        In(Clean, "kind of data forgotten", NotPersonal, "{fact: dataKind, in: [NonPersonal]}", AnalysisKind.Uncovered),
        In(CleanVolumes, "gap of one between thresholds", "{fact: personalInfoSubjectsSinceJan1, gte: 100000}", "{fact: personalInfoSubjectsSinceJan1, gt: 100000}",
            AnalysisKind.Uncovered, "middle", "small"),
        In(CleanVolumes, "gap under the upper threshold", "{fact: personalInfoSubjectsSinceJan1, lt: 1000000}", "{fact: personalInfoSubjectsSinceJan1, lt: 999999}",
            AnalysisKind.Uncovered, "large", "middle"),
        In(CleanVolumes, "second count forgotten", ", {fact: sensitiveSubjectsSinceJan1, lt: 10000}", ", {fact: sensitiveSubjectsSinceJan1, lt: 5000}", AnalysisKind.Uncovered, "large", "middle"),
        In(CleanDates, "value of a flag forgotten", "{fact: ciio, eq: false}", "{fact: ciio, known: false}", AnalysisKind.Uncovered, "recent"),
        In(CleanDates, "day between a law and its successor", "2024-03-21", "2024-03-20", AnalysisKind.Uncovered, "recent", "old-law", "new-law"),
        In(CleanDates, "law without successor", "2024-03-22", "2099-03-22", AnalysisKind.Uncovered, "recent", "old-law", "new-law"),
        new("law that ends", () => Of(Rule("only", "always", "PROHIBITED", "effectiveTo: 2025-12-31")), AnalysisKind.Uncovered, "only"),
        new("day that a date misses", () => Of(
            Rule("old", "{fact: contractEffectiveDate, lt: {fact: eventDate, plusWorkingDays: -10}}", "PROHIBITED")
            + Rule("new", "{fact: contractEffectiveDate, gt: {fact: eventDate, plusWorkingDays: -10}}", "FREE_FLOW")), AnalysisKind.Uncovered, "old", "new"),
        new("absence left out", () => Of(
            Rule("yes", "{fact: localCopyKept, eq: true, absent: false}", "PROHIBITED") + Rule("no", "{fact: localCopyKept, eq: false, absent: false}", "FREE_FLOW")),
            AnalysisKind.Uncovered),
        In(Clean, "days between versions, hidden by the closing rule", Rule("clauses", All(Personal, "{fact: safeguard, contains: EuScc}"), "MECHANISM_REQUIRED",
                "mechanisms: [SCC]\nmayProceedNow: {fact: transferImpactAssessmentDone, eq: true}"),
            Rule("clauses", All(Personal, "{fact: safeguard, contains: EuScc}"), "MECHANISM_REQUIRED", "mechanisms: [SCC]\neffectiveTo: 2025-12-30")
            + Rule("clauses-2026", All("{fact: safeguard, contains: EuScc}", Personal), "MECHANISM_REQUIRED", "mechanisms: [SCC]").Replace("2020-01-01", "2026-01-01", StringComparison.Ordinal),
            AnalysisKind.DateGap, "clauses", "clauses-2026"),
        new("months between versions of a prohibition", () => Of(
            Rule("first", "{fact: ciio, eq: true}", "PROHIBITED", "effectiveTo: 2023-06-30")
            + Rule("second", "{fact: ciio, eq: true}", "PROHIBITED").Replace("2020-01-01", "2023-08-01", StringComparison.Ordinal)
            + Rule("rest", "always", "FREE_FLOW")), AnalysisKind.DateGap, "first", "second"),
    ];
}
