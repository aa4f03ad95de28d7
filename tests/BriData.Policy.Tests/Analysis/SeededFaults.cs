using System.Collections.Immutable;
using BriData.Policy.Analysis;
using static BriData.Policy.Tests.Support.Packs;

namespace BriData.Policy.Tests.Analysis;

/// <summary>Three clean packs, and faults planted in them.</summary>
internal static partial class SeededFaults
{
    private const string Personal = "{fact: dataKind, in: [Personal, Mixed, Pseudonymised]}";
    private const string NotPersonal = "{fact: dataKind, in: [NonPersonal, Anonymised]}";

    /// <summary>Prohibitions first, then ways out, then a closing rule; an overlay on top.</summary>
    public static string Clean { get; } =
        Rule("secret", "{fact: stateSecret, eq: true}", "PROHIBITED")
        + Rule("not-personal", NotPersonal, "OUT_OF_SCOPE")
        + Rule("restricted", All(Personal, "{fact: recipientRestricted, eq: true}"), "PROHIBITED")
        + Rule("adequate", All(Personal, "{fact: adequacyStatus, eq: Listed}"), "FREE_FLOW", "exception: true")
        + Rule("clauses", All(Personal, "{fact: safeguard, contains: EuScc}"), "MECHANISM_REQUIRED",
            "mechanisms: [SCC]\nmayProceedNow: {fact: transferImpactAssessmentDone, eq: true}")
        + Rule("otherwise", Personal, "PROHIBITED", "otherwise: true")
        + Rule("child", All(Personal, "{fact: personalCategory, contains: Child}"), "HUMAN_REVIEW", "kind: overlay")
        + Rule("records", Personal, "", "kind: overlay\nobligations: [KEEP_RECORDS]");

    /// <summary>Thresholds of two counts.</summary>
    public static string CleanVolumes { get; } =
        Rule("large", Any("{fact: personalInfoSubjectsSinceJan1, gte: 1000000}", "{fact: sensitiveSubjectsSinceJan1, gte: 10000}"), "PRIOR_APPROVAL_REQUIRED", "mechanisms: [CN_SECURITY_ASSESSMENT]")
        + Rule("middle", Any(
            All("{fact: personalInfoSubjectsSinceJan1, gte: 100000}", "{fact: personalInfoSubjectsSinceJan1, lt: 1000000}"),
            All("{fact: sensitiveSubjectsSinceJan1, gte: 1}", "{fact: sensitiveSubjectsSinceJan1, lt: 10000}")), "MECHANISM_REQUIRED", "mechanisms: [SCC]")
        + Rule("small", All("{fact: personalInfoSubjectsSinceJan1, lt: 100000}", "{fact: sensitiveSubjectsSinceJan1, lt: 1}"), "EXEMPT");

    /// <summary>A law and its successor.</summary>
    public static string CleanDates { get; } =
        Rule("recent", "{fact: assessmentResultDate, gte: {fact: eventDate, plusYears: -3}}", "FREE_FLOW", "exception: true")
        + Rule("old-law", "{fact: ciio, eq: true}", "PROHIBITED", "effectiveTo: 2024-03-21")
        + Rule("new-law", "{fact: ciio, eq: true}", "MECHANISM_REQUIRED", "mechanisms: [SCC]").Replace("2020-01-01", "2024-03-22", StringComparison.Ordinal)
        + Rule("rest", "{fact: ciio, eq: false}", "HUMAN_REVIEW");

    public static ImmutableArray<SeededFault> Every { get; } = [.. Unreachable(), .. Overlapping(), .. Uncovered(), .. Partial()];

    private static SeededFault In(string clean, string name, string from, string to, AnalysisKind kind, params string[] rules) =>
        new(name, () => Of(Changed(clean, from, to)), kind, rules);

    private static SeededFault Added(string clean, string name, string rule, AnalysisKind kind, params string[] rules) =>
        new(name, () => Of(clean + rule), kind, rules);

    private static SeededFault Before(string clean, string name, string rule, AnalysisKind kind, params string[] rules) =>
        new(name, () => Of(rule + clean), kind, rules);

    private static string Changed(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0 && text.IndexOf(from, at + 1, StringComparison.Ordinal) < 0, $"'{from}' must occur once.");
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    private static string All(params string[] parts) => $"{{all: [{string.Join(", ", parts)}]}}";

    private static string Any(params string[] parts) => $"{{any: [{string.Join(", ", parts)}]}}";

    private static string Not(string part) => $"{{not: {part}}}";
}
