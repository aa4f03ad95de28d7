using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;
using CsCheck;

namespace BriData.Policy.Tests.Analysis;

/// <summary>On small random packs the analysis says what trying every case says.</summary>
public sealed class AnalysisPropertyTests
{
    [Fact]
    public void Analyse_RandomPack_AgreesWithTryingEveryCase() =>
        SmallWorld.Plain.Packs.Sample(pack => Agrees(SmallWorld.Plain, pack), iter: 400);

    [Fact]
    public void Analyse_RandomPackOfDates_AgreesWithTryingEveryCase() =>
        SmallWorld.Dated.Packs.Sample(pack => Agrees(SmallWorld.Dated, pack), iter: 60);

    private static void Agrees(SmallWorld world, CompiledRulePack pack)
    {
        var told = PackAnalyser.Analyse(pack, AnalysisLimits.Default with { Findings = 10_000, UncoveredPieces = 10_000 }, TestContext.Current.CancellationToken);
        var tried = TriedPack.Of(world, pack.Pack);

        Assert.True(told.Complete);
        Assert.Equal(tried.NeverMatching, First(told, AnalysisKind.NeverMatches));
        Assert.Equal(tried.Twins, Pairs(told, AnalysisKind.Contradiction).Concat(Pairs(told, AnalysisKind.Duplicate)).Select(pair => (pair.Second, pair.First)).Order());
        Assert.Equal(tried.Overlaps, Pairs(told, AnalysisKind.Overlap).Order());
        Assert.Equal(tried.IsUncovered, told.Findings.Any(finding => finding.Kind == AnalysisKind.Uncovered));

        // A twin that is told as such is not told again as shadowed by it.
        var shadowed = First(told, AnalysisKind.Shadowed);
        Assert.Empty(shadowed.Except(tried.NeverDeciding));
        Assert.Empty(tried.NeverDeciding.Except(shadowed).Except(tried.Twins.Select(pair => pair.Second)));
        Assert.All(told.Findings.Concat(told.Notes).Where(finding => finding.Example is not null), finding =>
            Assert.Equal(finding.Example!.Verdict.DecidingRule, pack.Evaluate(finding.Example.Facts, finding.Example.EventDate).DecidingRule));
    }

    private static List<string> First(PackAnalysis told, AnalysisKind kind) =>
        [.. told.Findings.Where(finding => finding.Kind == kind).Select(finding => finding.Rules[0]).Order(StringComparer.Ordinal)];

    private static IEnumerable<(string First, string Second)> Pairs(PackAnalysis told, AnalysisKind kind) =>
        told.Findings.Where(finding => finding.Kind == kind).Select(finding => (finding.Rules[0], finding.Rules[1]));
}
