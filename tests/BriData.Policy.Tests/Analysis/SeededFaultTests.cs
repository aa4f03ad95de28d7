using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Analysis;

/// <summary>Packs with one planted fault each: the analysis finds it, names the rules, and finds nothing else.</summary>
public sealed class SeededFaultTests
{
    public static TheoryData<string> Names => [.. SeededFaults.Every.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Analyse_PackWithOneFault_FindsItAndNothingElse(string name)
    {
        var fault = SeededFaults.Every.Single(each => each.Name == name);
        var pack = fault.Pack();

        var analysis = PackAnalyser.Analyse(pack, AnalysisLimits.Default, TestContext.Current.CancellationToken);

        Assert.True(analysis.Complete);
        Assert.True(analysis.Findings.Length == 1, string.Join("\n", analysis.Findings.Select(Told.Finding)));
        var finding = analysis.Findings[0];
        Assert.True(
            fault.Kind == finding.Kind && fault.Rules.SequenceEqual(finding.Rules),
            $"Expected {fault.Kind} [{string.Join(", ", fault.Rules)}] but got {Told.Finding(finding)}");
        Assert.NotEmpty(finding.Explanation);
        Reproduces(pack, finding);
    }

    [Fact]
    public void All_Always_CoversEveryKindOfFault()
    {
        Assert.True(SeededFaults.Every.Length >= 36);
        Assert.Empty(Enum.GetValues<AnalysisKind>().Where(kind => kind < AnalysisKind.StricterFirst).Except(SeededFaults.Every.Select(fault => fault.Kind)));
    }

    [Fact]
    public void Analyse_CleanPack_FindsNothing()
    {
        foreach (var clean in new[] { SeededFaults.Clean, SeededFaults.CleanVolumes, SeededFaults.CleanDates })
        {
            var analysis = PackAnalyser.Analyse(Packs.Of(clean), AnalysisLimits.Default, TestContext.Current.CancellationToken);

            Assert.True(analysis.Complete);
            Assert.True(analysis.Findings.IsEmpty, string.Join("\n", analysis.Findings.Select(Told.Finding)));
            Assert.All(analysis.Notes, note => Reproduces(Packs.Of(clean), note));
        }
    }

    private static void Reproduces(CompiledRulePack pack, AnalysisFinding finding)
    {
        if (finding.Example is not { } example)
        {
            return;
        }

        var verdict = pack.Evaluate(example.Facts, example.EventDate);

        Assert.Equal(example.Verdict.DecidingRule, verdict.DecidingRule);
        Assert.Equal(example.Verdict.Outcome, verdict.Outcome);
        if (finding.Kind == AnalysisKind.Uncovered)
        {
            Assert.Equal("platform.no-rule", verdict.DecidingRule);
        }

        if (finding.Kind is AnalysisKind.Overlap or AnalysisKind.StricterFirst or AnalysisKind.SpecificFirst or AnalysisKind.Exception)
        {
            Assert.Equal(finding.Rules[0], verdict.DecidingRule);

            // With the earlier rule gone, the later one or one between them decides: it was true all along.
            var rest = pack.Pack with { Rules = [.. pack.Pack.Rules.Where(rule => rule.Id == finding.Rules[1])] };
            Assert.Equal(finding.Rules[1], CompiledRulePack.Compile(rest).Evaluate(example.Facts, example.EventDate).DecidingRule);
        }
    }
}
