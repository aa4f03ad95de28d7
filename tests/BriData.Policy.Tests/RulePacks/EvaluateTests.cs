using System.Text;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.RulePacks;

public sealed class EvaluateTests
{
    private static readonly DateOnly Day = new(2026, 6, 15);

    private static PackVerdict Evaluate(string jurisdiction, string json, DateOnly? day = null) =>
        Packs.Get(jurisdiction).Evaluate(FactSet.Parse(Encoding.UTF8.GetBytes(json)).Facts!, day ?? Day);

    [Fact]
    public void Evaluate_SparseStatedCase_AssumesHarmlessFlagsAndListsThem()
    {
        var verdict = Evaluate("CN", """{"dataKind":"Personal","personalInfoSubjectsSinceJan1":50000,"sensitiveSubjectsSinceJan1":0,"ciio":false}""");

        Assert.Equal(RuleOutcome.Exempt, verdict.Outcome);
        Assert.True(verdict.MayProceedNow);
        Assert.Empty(verdict.MissingFacts);
        Assert.Equal("cn-12-small-volume", verdict.DecidingRule);
        Assert.Superset(
            new HashSet<string> { "coreData", "importantData", "stateSecret", "recipientRestricted", "exporterKind", "purpose" },
            verdict.Assumptions.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain("ciio", verdict.Assumptions);
        Assert.Contains(verdict.Rules, rule => rule.Id == "platform.assumed-absent" && rule.DecidedBy.SequenceEqual(verdict.Assumptions));
    }

    [Theory]
    [InlineData("personalInfoSubjectsSinceJan1")]
    [InlineData("sensitiveSubjectsSinceJan1")]
    [InlineData("dataKind")]
    public void Evaluate_DecidingFactLeftOut_IsNamedAndNothingMayProceed(string left)
    {
        var facts = FactSet.Parse("""{"dataKind":"Personal","personalInfoSubjectsSinceJan1":50000,"sensitiveSubjectsSinceJan1":0,"ciio":false}"""u8).Facts!;

        var verdict = Packs.Get("CN").Evaluate(facts.Without(left), Day);

        Assert.Contains(left, verdict.MissingFacts);
        Assert.NotEqual(true, verdict.MayProceedNow);
    }

    [Fact]
    public void Evaluate_Trace_TellsEveryRuleUpToTheDecidingOne()
    {
        var verdict = Evaluate("CN", """{"dataKind":"NonPersonal","purpose":"InternationalTrade"}""");
        var told = verdict.Rules.Where(rule => rule.Source == "CN").ToList();

        Assert.Equal("cn-0a-state-secret", told[0].Id);
        Assert.Equal(("notMatched", null), (told[0].Result, told[0].Outcome));
        Assert.Equal(["stateSecret"], told[0].DecidedBy);
        Assert.Equal("matched", told.Single(rule => rule.Id == "cn-2-no-pi-no-important").Result);
        Assert.DoesNotContain(told, rule => rule.Id == "cn-3-important-data");
        Assert.Contains(told, rule => rule is { Id: "cn-pi-duties", Result: "notMatched" });
    }

    [Fact]
    public void Evaluate_ExpiredRules_AreNotTold()
    {
        var verdict = Evaluate("CN", """{"dataKind":"Personal","personalInfoSubjectsSinceJan1":1,"sensitiveSubjectsSinceJan1":0}""");

        Assert.DoesNotContain(verdict.Rules, rule => rule.Id is "cn-2022-assessment" or "cn-2023-contract" or "cn-11-contract-2024");
    }

    [Fact]
    public void Evaluate_NoRuleOfThePack_IsForAPerson()
    {
        var verdict = Packs.Of(Packs.Rule("a", "{fact: ciio, eq: true}", "EXEMPT")).Evaluate(FactSet.Empty, Day);

        Assert.Equal(RuleOutcome.HumanReview, verdict.Outcome);
        Assert.Null(verdict.MayProceedNow);
        Assert.Equal("platform.no-rule", verdict.DecidingRule);
    }

    [Fact]
    public void Evaluate_BeforeAnyRule_IsForAPerson()
    {
        Assert.Equal(RuleOutcome.HumanReview, Evaluate("SG", """{"dataKind":"Personal"}""", new DateOnly(2019, 1, 1)).Outcome);
    }

    [Fact]
    public void Evaluate_AsImporterWithoutImportRules_IsOutOfScope()
    {
        var verdict = Evaluate("VN", """{"packRole":"Importer","dataKind":"Personal"}""");

        Assert.Equal(RuleOutcome.OutOfScope, verdict.Outcome);
        Assert.True(verdict.MayProceedNow);
        var rule = Assert.Single(verdict.Rules);
        Assert.Equal(("platform.importer-default", "platform", ""), (rule.Id, rule.Source, rule.Citation));
    }

    [Fact]
    public void Evaluate_UnknownStricterRule_GivesTheStricterOutcomeAndNoAnswer()
    {
        var pack = Packs.Of(
            Packs.Rule("ban", "{fact: localCopyKept, eq: false}", "PROHIBITED")
            + Packs.Rule("free", "always", "FREE_FLOW"));

        var unknown = pack.Evaluate(FactSet.Empty, Day);
        var known = pack.Evaluate(FactSet.Empty.With("localCopyKept", true), Day);

        Assert.Equal((RuleOutcome.Prohibited, null, "ban"), (unknown.Outcome, unknown.MayProceedNow, unknown.DecidingRule));
        Assert.Equal(["localCopyKept"], unknown.MissingFacts);
        Assert.Equal((RuleOutcome.FreeFlow, true), (known.Outcome, known.MayProceedNow));
    }

    [Fact]
    public void Evaluate_UnknownExemption_IsNotGranted()
    {
        var pack = Packs.Of(
            Packs.Rule("way-out", "{fact: localCopyKept, eq: true}", "EXEMPT")
            + Packs.Rule("ban", "always", "PROHIBITED"));

        var verdict = pack.Evaluate(FactSet.Empty, Day);

        Assert.Equal((RuleOutcome.Prohibited, false), (verdict.Outcome, verdict.MayProceedNow));
        Assert.Equal(["localCopyKept"], verdict.MissingFacts);
    }

    [Fact]
    public void Evaluate_UnknownRuleThatAlsoLetsPass_DoesNotMatter()
    {
        var pack = Packs.Of(
            Packs.Rule("one", "{fact: localCopyKept, eq: true}", "EXEMPT")
            + Packs.Rule("two", "always", "FREE_FLOW"));

        var verdict = pack.Evaluate(FactSet.Empty, Day);

        Assert.Equal((RuleOutcome.FreeFlow, true), (verdict.Outcome, verdict.MayProceedNow));
        Assert.Empty(verdict.MissingFacts);
    }

    [Fact]
    public void Evaluate_Overlay_TightensAndNeverLoosens()
    {
        var overlay = Packs.Rule("o", "{fact: ciio, eq: true}", "PRIOR_APPROVAL_REQUIRED", "kind: overlay\nmechanisms: [REGULATOR_LICENCE]\nobligations: [KEEP_RECORDS]");
        var free = Packs.Of(Packs.Rule("a", "always", "FREE_FLOW") + overlay);
        var banned = Packs.Of(Packs.Rule("a", "always", "PROHIBITED") + overlay);

        Assert.Equal("o", free.Evaluate(FactSet.Empty.With("ciio", true), Day).DecidingRule);
        Assert.Equal(["KEEP_RECORDS"], free.Evaluate(FactSet.Empty.With("ciio", true), Day).Obligations);
        Assert.Equal(RuleOutcome.FreeFlow, free.Evaluate(FactSet.Empty.With("ciio", false), Day).Outcome);
        Assert.Equal(RuleOutcome.Prohibited, banned.Evaluate(FactSet.Empty.With("ciio", true), Day).Outcome);
    }

    [Theory]
    [InlineData("false", RuleOutcome.FreeFlow)]
    [InlineData("true", RuleOutcome.Prohibited)]
    [InlineData("unknown", RuleOutcome.Prohibited)]
    public void Evaluate_Absent_TakesTheWrittenResult(string absent, RuleOutcome outcome)
    {
        var pack = Packs.Of(
            Packs.Rule("ban", $"{{fact: ciio, eq: true, absent: {absent}}}", "PROHIBITED")
            + Packs.Rule("free", "always", "FREE_FLOW"));

        Assert.Equal(outcome, pack.Evaluate(FactSet.Empty, Day).Outcome);
        Assert.Equal(RuleOutcome.FreeFlow, pack.Evaluate(FactSet.Empty.With("ciio", false), Day).Outcome);
    }

    [Fact]
    public void Evaluate_StatedUnknown_IsUnknown()
    {
        var pack = Packs.Of(Packs.Rule("a", "{fact: necessity, ne: Necessary}", "PROHIBITED") + Packs.Rule("b", "always", "FREE_FLOW"));

        var verdict = pack.Evaluate(FactSet.Empty.With("necessity", "Unknown"), Day);

        Assert.Equal(["necessity"], verdict.MissingFacts);
        Assert.Null(verdict.MayProceedNow);
    }

    [Fact]
    public void Evaluate_CategoriesWithoutKind_ArePersonalData()
    {
        Assert.Equal("cn-12-small-volume", Evaluate("CN", """{"personalCategory":["General"],"personalInfoSubjectsSinceJan1":5,"sensitiveSubjectsSinceJan1":0}""").DecidingRule);
        Assert.NotEqual("cn-2-no-pi-no-important", Evaluate("CN", """{"dataKind":"NonPersonal","personalCategory":["Health"],"purpose":"InternationalTrade"}""").DecidingRule);
    }

    [Fact]
    public void Evaluate_SubjectsOfThisTransfer_BoundTheTotalFromBelow()
    {
        var verdict = Evaluate("CN", """{"dataKind":"Personal","personalCategory":["General"],"subjects":1000000,"sensitiveSubjectsSinceJan1":0}""");

        Assert.Equal("cn-10-assessment-volume", verdict.DecidingRule);
        Assert.Empty(verdict.MissingFacts);
    }

    [Fact]
    public void Evaluate_FlowWithoutPersons_LeavesTheTotalUnknown()
    {
        var verdict = Evaluate("CN", """{"dataKind":"Personal","flows":[{"purpose":"Marketing"},{"purpose":"Analytics","subjects":5}]}""");

        Assert.Contains("personalInfoSubjectsSinceJan1", verdict.MissingFacts);
        Assert.NotEqual(true, verdict.MayProceedNow);
    }

    [Fact]
    public void Evaluate_Flows_TakeObligationsOfAll()
    {
        var verdict = Evaluate("CN", """{"flows":[{"dataKind":"NonPersonal","importantData":"Notified"},{"dataKind":"Personal","purpose":"Emergency","subjects":5}]}""");

        Assert.Equal(RuleOutcome.MechanismRequired, verdict.Outcome);
        Assert.Contains("APPLY_VIA_PROVINCIAL_CAC", verdict.Obligations);
        Assert.Contains("NOTIFY_SUBJECT", verdict.Obligations);
    }

    [Theory]
    [InlineData("plusWorkingDays: 10", "2026-06-01", "2026-06-15", true)]
    [InlineData("plusWorkingDays: 10", "2026-06-01", "2026-06-16", false)]
    [InlineData("plusWorkingDays: 1", "2026-06-05", "2026-06-08", true)]
    [InlineData("plusWorkingDays: 1", "2026-06-05", "2026-06-09", false)]
    [InlineData("plusDays: 60", "2026-04-16", "2026-06-15", true)]
    [InlineData("plusMonths: 1", "2026-01-31", "2026-02-28", true)]
    [InlineData("plusMonths: 1", "2026-01-31", "2026-03-01", false)]
    [InlineData("plusYears: 3", "2024-02-29", "2027-02-28", true)]
    [InlineData("plusYears: 3", "2024-02-29", "2027-03-01", false)]
    [InlineData("plusYears: 9999", "2024-02-29", "2027-03-01", true)]
    [InlineData("plusYears: -9999", "2024-02-29", "2027-03-01", false)]
    public void Evaluate_DateWithOffset_CountsAsTheCalendarDoes(string offset, string from, string day, bool within)
    {
        var pack = Packs.Of(
            Packs.Rule("in", $"{{fact: eventDate, lte: {{fact: assessmentDate, {offset}}}}}", "FREE_FLOW")
            + Packs.Rule("out", "always", "PROHIBITED"));

        var verdict = pack.Evaluate(FactSet.Empty.With("assessmentDate", DateOnly.Parse(from)), DateOnly.Parse(day));

        Assert.Equal(within ? RuleOutcome.FreeFlow : RuleOutcome.Prohibited, verdict.Outcome);
    }

    [Fact]
    public void Evaluate_TextFacts_CompareExactlyOrByPrefix()
    {
        var pack = Packs.Of(
            Packs.Rule("exact", "{fact: subRegime, eq: CN-GBA}", "EXEMPT")
            + Packs.Rule("prefix", "{fact: subRegime, startsWith: CN-FTZ-}", "FREE_FLOW")
            + Packs.Rule("out", "always", "PROHIBITED"));

        Assert.Equal("exact", pack.Evaluate(FactSet.Empty.With("subRegime", "CN-GBA"), Day).DecidingRule);
        Assert.Equal("prefix", pack.Evaluate(FactSet.Empty.With("subRegime", "CN-FTZ-BEIJING"), Day).DecidingRule);
        Assert.Equal("out", pack.Evaluate(FactSet.Empty.With("subRegime", "AE-DIFC"), Day).DecidingRule);
        Assert.Equal("out", pack.Evaluate(FactSet.Empty, Day).DecidingRule);
    }

    [Fact]
    public void Evaluate_SameFactsInAnotherOrder_IsTheSame()
    {
        var one = Evaluate("CN", """{"ciio":true,"dataKind":"Personal","personalInfoSubjectsSinceJan1":3}""");
        var two = Evaluate("CN", """{"personalInfoSubjectsSinceJan1":3,"dataKind":"Personal","ciio":true}""");

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(one), System.Text.Json.JsonSerializer.Serialize(two));
    }
}
