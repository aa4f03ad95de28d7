using System.Collections.Immutable;
using System.Diagnostics;
using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Analysis;

/// <summary>Every shipped pack is clean, and a fault planted in it is found.</summary>
public sealed class ShippedPackAnalysisTests(ITestOutputHelper output)
{
    public static TheoryData<string> Jurisdictions => [.. BuiltInPacks.All.Select(pack => pack.Jurisdiction)];

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Analyse_ShippedPack_HasNoFindings(string jurisdiction)
    {
        var clock = Stopwatch.StartNew();

        var analysis = Analyse(Packs.Get(jurisdiction));

        output.WriteLine($"{jurisdiction}: {clock.ElapsedMilliseconds} ms, {analysis.Rules} rules, {analysis.Facts} facts, {analysis.Pairs} pairs, {analysis.Searches} searches, {analysis.Steps} steps, {analysis.Notes.Length} notes");
        Assert.True(analysis.Complete);
        Assert.True(analysis.Findings.IsEmpty, string.Join("\n", analysis.Findings.Select(Told.Finding)));
        Assert.DoesNotContain(analysis.Notes, note => note.Kind == AnalysisKind.NeedlessException);
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Analyse_RuleCopied_IsFound(string jurisdiction)
    {
        var rules = Packs.Get(jurisdiction).Pack.Rules;
        var original = rules.First(rule => rule.Kind == RuleKind.Base);

        var finding = Assert.Single(Analyse(Changed(jurisdiction, rules.Insert(rules.IndexOf(original) + 1, original with { Id = "copy" }))).Findings);

        Assert.Equal((AnalysisKind.Duplicate, "copy"), (finding.Kind, finding.Rules[0]));
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Analyse_ImpossibleRuleAdded_IsFound(string jurisdiction)
    {
        var rules = Packs.Get(jurisdiction).Pack.Rules;
        var impossible = rules[^1] with { Id = "impossible", When = new AllCondition([rules[^1].When, new NotCondition(rules[^1].When)]) };

        var finding = Assert.Single(Analyse(Changed(jurisdiction, rules.Add(impossible))).Findings);

        Assert.Equal((AnalysisKind.NeverMatches, "impossible"), (finding.Kind, finding.Rules[0]));
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Analyse_MarkTakenAway_IsFound(string jurisdiction)
    {
        var rules = Packs.Get(jurisdiction).Pack.Rules;
        if (rules.LastOrDefault(rule => rule.IsException) is not { } marked)
        {
            return;
        }

        var findings = Analyse(Changed(jurisdiction, rules.Replace(marked, marked with { IsException = false }))).Findings;

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal((AnalysisKind.Overlap, marked.Id), (finding.Kind, finding.Rules[0])));
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Analyse_ClosingRuleOneDayLate_IsFound(string jurisdiction)
    {
        var rules = Packs.Get(jurisdiction).Pack.Rules;
        var closing = rules.Last(rule => rule is { Kind: RuleKind.Base, EffectiveTo: null, Role: not RuleRole.Importer });

        var findings = Analyse(Changed(jurisdiction, rules.Replace(closing, closing with { EffectiveFrom = closing.EffectiveFrom.AddDays(1) }))).Findings;

        Assert.Contains(findings, finding =>
            finding.Kind is AnalysisKind.Uncovered or AnalysisKind.DateGap
            && finding.Rules.Contains(closing.Id)
            && finding.Example!.EventDate == closing.EffectiveFrom);
    }

    private static PackAnalysis Analyse(CompiledRulePack pack) =>
        PackAnalyser.Analyse(pack, AnalysisLimits.Default, TestContext.Current.CancellationToken);

    private static CompiledRulePack Changed(string jurisdiction, ImmutableArray<Rule> rules) =>
        CompiledRulePack.Compile(Packs.Get(jurisdiction).Pack with { Rules = rules });
}
