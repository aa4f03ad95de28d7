using BriData.Policy.Analysis;
using static BriData.Policy.Tests.Support.Packs;

namespace BriData.Policy.Tests.Analysis;

/// <content>Rules that never match, or never decide.</content>
internal static partial class SeededFaults
{
    private static SeededFault[] Unreachable() =>
    [
        Before(Clean, "band turned round",
            Rule("band", All("{fact: subjects, gte: 1000}", "{fact: subjects, lt: 100}"), "PROHIBITED"), AnalysisKind.NeverMatches, "band"),
        Before(Clean, "band empty by one",
            Rule("band", All("{fact: subjects, gt: 99}", "{fact: subjects, lt: 100}"), "PROHIBITED"), AnalysisKind.NeverMatches, "band"),
        Before(Clean, "two values at once",
            Rule("both", All("{fact: purpose, eq: Marketing}", "{fact: purpose, eq: Analytics}"), "PROHIBITED"), AnalysisKind.NeverMatches, "both"),
        Before(Clean, "count below nothing",
            Rule("negative", "{fact: subjects, lt: 0}", "PROHIBITED"), AnalysisKind.NeverMatches, "negative"),
        Before(Clean, "code that no statement has",
            Rule("unknown", "{fact: necessity, eq: Unknown}", "PROHIBITED"), AnalysisKind.NeverMatches, "unknown"),
        Before(Clean, "every value excluded",
            Rule("none-left", "{fact: frequency, notIn: [Occasional, Repeated]}", "PROHIBITED"), AnalysisKind.NeverMatches, "none-left"),
        Before(Clean, "day before the rule is law",
            Rule("early", "{fact: eventDate, lt: 2020-01-01}", "PROHIBITED"), AnalysisKind.NeverMatches, "early"),
        Before(Clean, "other side of the border",
            Rule("side", "{fact: packRole, eq: Importer}", "PROHIBITED"), AnalysisKind.NeverMatches, "side"),
        Before(Clean, "dates that cross",
            Rule("crossed", All("{fact: firstTransferDate, gt: {fact: eventDate, plusDays: 10}}", "{fact: firstTransferDate, lt: {fact: eventDate, plusDays: 5}}"), "PROHIBITED"),
            AnalysisKind.NeverMatches, "crossed"),
        Before(Clean, "personal categories in data about nobody",
            Rule("derived", All("{fact: dataKind, eq: NonPersonal}", "{fact: personalCategory, contains: Health}"), "PROHIBITED"), AnalysisKind.NeverMatches, "derived"),
        Before(Clean, "holds all of what it must not hold",
            Rule("sets", All("{fact: safeguard, containsAll: [Bcr, EuScc]}", Not("{fact: safeguard, containsAny: [EuScc, Certification]}")), "PROHIBITED"),
            AnalysisKind.NeverMatches, "sets"),
        Before(Clean, "prefix of another country",
            Rule("zones", All("{fact: subRegime, startsWith: CN-FTZ-}", "{fact: subRegime, in: [CN-GBA, AE-DIFC]}"), "PROHIBITED"), AnalysisKind.NeverMatches, "zones"),
        In(Clean, "overlay that contradicts itself", "{fact: personalCategory, contains: Child}", NotPersonal, AnalysisKind.NeverMatches, "child"),
        Before(Clean, "special case behind the general one",
            Rule("general", "{fact: harmsNationalSecurity, eq: true}", "PROHIBITED")
            + Rule("special", All("{fact: harmsNationalSecurity, eq: true}", "{fact: ciio, eq: true}"), "PROHIBITED"), AnalysisKind.Shadowed, "special", "general"),
        new("two rules that leave nothing to a third", () => Of(
            Rule("small", "{fact: subjects, lt: 10}", "PROHIBITED") + Rule("rest", "{fact: subjects, gte: 5}", "PROHIBITED")
            + Rule("third", "{fact: subjects, lt: 20}", "PROHIBITED")),
            AnalysisKind.Shadowed, "third", "small", "rest"),
        In(CleanDates, "successor that starts when its forerunner has no end", "effectiveTo: 2024-03-21\n", "effectiveTo: 2099-12-31\n", AnalysisKind.Contradiction, "new-law", "old-law"),
        new("closing rule too early", () => Of(
            Rule("closing", Personal, "PROHIBITED", "otherwise: true") + Rule("strict", All(Personal, "{fact: ciio, eq: true}"), "PROHIBITED")
            + Rule("not-personal", NotPersonal, "OUT_OF_SCOPE")), AnalysisKind.Shadowed, "strict", "closing"),
    ];
}
