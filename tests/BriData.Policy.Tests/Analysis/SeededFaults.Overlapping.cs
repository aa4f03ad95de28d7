using BriData.Policy.Analysis;
using static BriData.Policy.Tests.Support.Packs;

namespace BriData.Policy.Tests.Analysis;

/// <content>Rules that share cases and say different things, or the same thing twice.</content>
internal static partial class SeededFaults
{
    private static SeededFault[] Overlapping() =>
    [
        In(Clean, "closing rule not marked as such", "otherwise: true\n", "otherwise: false\n", AnalysisKind.Overlap, "clauses", "otherwise"),
        In(Clean, "exception not marked", "exception: true\n", "exception: false\n", AnalysisKind.Overlap, "adequate", "clauses"),
        new("way out that a date opens", () => Of(
            Rule("recent", "{fact: assessmentResultDate, gte: {fact: eventDate, plusYears: -3}}", "FREE_FLOW")
            + Rule("rest", "{fact: ciio, eq: false}", "HUMAN_REVIEW") + Rule("others", "{fact: ciio, eq: true}", "FREE_FLOW")), AnalysisKind.Overlap, "recent", "rest"),
        new("thresholds that overlap by one", () => Of(
            Rule("small", "{fact: subjects, lte: 100000}", "EXEMPT")
            + Rule("middle", "{fact: subjects, gte: 100000}", "MECHANISM_REQUIRED", "mechanisms: [SCC]")), AnalysisKind.Overlap, "small", "middle"),
        new("way out before a prohibition", () => Of(
            Rule("trade", "{fact: purpose, eq: InternationalTrade}", "FREE_FLOW") + Rule("listed", "{fact: recipientCountry, eq: KP}", "PROHIBITED")
            + Rule("rest", "always", "FREE_FLOW")), AnalysisKind.Overlap, "trade", "listed"),
        new("approval behind a mechanism", () => Of(
            Rule("mechanism", "{fact: ciio, eq: true}", "MECHANISM_REQUIRED", "mechanisms: [SCC]")
            + Rule("approval", "{fact: stateSecret, eq: true}", "PRIOR_APPROVAL_REQUIRED", "mechanisms: [REGULATOR_LICENCE]")
            + Rule("rest", "always", "EXEMPT")), AnalysisKind.Overlap, "mechanism", "approval"),
        new("overlap on one day", () => Of(
            Rule("loose", "{fact: ciio, eq: true}", "EXEMPT", "effectiveTo: 2024-01-01")
            + Rule("strict", "{fact: stateSecret, eq: true}", "PROHIBITED").Replace("2020-01-01", "2024-01-01", StringComparison.Ordinal)
            + Rule("rest", "always", "EXEMPT")), AnalysisKind.Overlap, "loose", "strict"),
        new("overlap for the importer", () => Of(
            Rule("loose", "{fact: ciio, eq: true}", "EXEMPT", "role: both") + Rule("strict", "{fact: stateSecret, eq: true}", "PROHIBITED", "role: importer")
            + Rule("rest", "always", "EXEMPT")), AnalysisKind.Overlap, "loose", "strict"),
        new("overlap at one value of an offset", () => Of(
            Rule("loose", "{fact: assessmentDate, lte: {fact: eventDate, plusMonths: -6}}", "EXEMPT")
            + Rule("strict", "{fact: assessmentDate, gte: {fact: eventDate, plusMonths: -6}}", "PROHIBITED")), AnalysisKind.Overlap, "loose", "strict"),
        new("same condition, other outcome", () => Of(
            Rule("one", "{fact: ciio, eq: true}", "PROHIBITED") + Rule("other", "{fact: ciio, ne: false}", "HUMAN_REVIEW") + Rule("rest", "always", "EXEMPT")),
            AnalysisKind.Contradiction, "other", "one"),
        new("same condition in other words", () => Of(
            Rule("one", Not(Any("{fact: ciio, eq: true}", "{fact: subjects, gte: 10}")), "PROHIBITED")
            + Rule("other", All("{fact: subjects, lt: 10}", "{fact: ciio, eq: false}"), "EXEMPT") + Rule("rest", "always", "EXEMPT")),
            AnalysisKind.Contradiction, "other", "one"),
        new("same condition on one common day", () => Of(
            Rule("one", "{fact: ciio, eq: true}", "PROHIBITED", "effectiveTo: 2024-01-01")
            + Rule("other", "{fact: ciio, eq: true}", "HUMAN_REVIEW").Replace("2020-01-01", "2024-01-01", StringComparison.Ordinal)
            + Rule("rest", "always", "EXEMPT")), AnalysisKind.Contradiction, "other", "one"),
        In(Clean, "rule copied", "  - id: adequate\n",
            Rule("copy", All("{fact: recipientRestricted, eq: true}", Personal), "PROHIBITED") + "  - id: adequate\n", AnalysisKind.Duplicate, "copy", "restricted"),
        Added(Clean, "overlay copied", Rule("copy", Personal, "", "kind: overlay\nobligations: [KEEP_RECORDS]"), AnalysisKind.Duplicate, "copy", "records"),
        Added(Clean, "overlay weaker than the base rule", Rule("weak", "{fact: stateSecret, eq: true}", "HUMAN_REVIEW", "kind: overlay"), AnalysisKind.NoEffect, "weak", "secret"),
        Added(Clean, "overlay within a stricter base rule", Rule("weak", All("{fact: stateSecret, eq: true}", "{fact: ciio, eq: true}"), "HUMAN_REVIEW", "kind: overlay"),
            AnalysisKind.NoEffect, "weak", "secret"),
    ];
}
