using BriData.Policy.Analysis;

namespace BriData.Policy.Tests.Analysis;

/// <content>Parts of rules and terms that can never hold.</content>
internal static partial class SeededFaults
{
    private static SeededFault[] Partial() =>
    [
        In(Clean, "start asks for what the rule excludes", "{fact: transferImpactAssessmentDone, eq: true}", "{fact: dataKind, eq: NonPersonal}", AnalysisKind.NeverProceeds, "clauses"),
        In(Clean, "start asks for two steps at once", "{fact: transferImpactAssessmentDone, eq: true}",
            All("{fact: regulatorStep, eq: Filed}", "{fact: regulatorStep, eq: Approved}"), AnalysisKind.NeverProceeds, "clauses"),
        In(Clean, "start asks for a day before the rule is law", "{fact: transferImpactAssessmentDone, eq: true}", "{fact: eventDate, lt: 2019-06-01}", AnalysisKind.NeverProceeds, "clauses"),
        Added(Clean, "term that no record can meet", Term(All("{fact: mechanismExpiry, gte: {fact: eventDate}}", "{fact: mechanismExpiry, lt: {fact: eventDate, plusDays: -1}}")),
            AnalysisKind.NeverUsable, "SCC"),
        Added(Clean, "term for a step that is excluded", Term(All("{fact: regulatorStep, in: [Filed, Approved]}", "{fact: regulatorStep, notIn: [Approved, Filed, None]}")),
            AnalysisKind.NeverUsable, "SCC"),
        In(Clean, "alternative that never comes", "{fact: safeguard, contains: EuScc}", Any("{fact: safeguard, contains: EuScc}", "{fact: subjects, lt: 0}"),
            AnalysisKind.ConstantComparison, "clauses"),
        In(Clean, "comparison that asks nothing", "{fact: recipientRestricted, eq: true}", All("{fact: recipientRestricted, eq: true}", "{fact: subjects, gte: 0}"),
            AnalysisKind.ConstantComparison, "restricted"),
        In(Clean, "list of every value", "{fact: recipientRestricted, eq: true}", All("{fact: recipientRestricted, eq: true}", "{fact: frequency, in: [Occasional, Repeated]}"),
            AnalysisKind.ConstantComparison, "restricted"),
        In(Clean, "unknown asked for by its name", "{fact: safeguard, contains: EuScc}", Any("{fact: safeguard, contains: EuScc}", "{fact: adequacyStatus, eq: Unknown}"),
            AnalysisKind.ConstantComparison, "clauses"),
    ];

    private static string Term(string usable) =>
        $"mechanismTerms:\n  - mechanism: SCC\n    effectiveFrom: 2020-01-01\n    usableWhen: {usable}\n    citation: {{law: Test Law}}\n";
}
