using System.Diagnostics;
using System.Text;
using BriData.Policy.Analysis;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Analysis;

public sealed class PackAnalyserTests(ITestOutputHelper output)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public void Analyse_ThousandRules_StaysWithinItsLimits()
    {
        var pack = Packs.Of(Generated(1000));
        var clock = Stopwatch.StartNew();

        var analysis = PackAnalyser.Analyse(pack, AnalysisLimits.Default, TestContext.Current.CancellationToken);

        output.WriteLine($"1000 rules: {clock.ElapsedMilliseconds} ms, {analysis.Pairs} pairs, {analysis.Searches} searches, {analysis.Steps} steps, {analysis.Findings.Length} findings, {analysis.Notes.Length} notes");
        Assert.True(analysis.Complete);
        Assert.True(analysis.Steps <= AnalysisLimits.Default.Steps);
        Assert.True(analysis.Findings.IsEmpty, string.Join("\n", analysis.Findings.Take(5).Select(Told.Finding)));
    }

    [Fact]
    public void Analyse_ThousandRulesThatAllOverlap_StopsAtItsLimits()
    {
        var rules = string.Concat(Enumerable.Range(1, 1000).Select(i => Packs.Rule(
            $"r{i}", $"{{any: [{{fact: subjects, eq: {i}}}, {{all: [{{fact: recordCount, eq: {i}}}, {{fact: ciio, eq: true}}]}}]}}", i % 2 == 0 ? "PROHIBITED" : "EXEMPT")));
        var clock = Stopwatch.StartNew();

        var analysis = PackAnalyser.Analyse(Packs.Of(rules), AnalysisLimits.Default with { Steps = 10_000 }, TestContext.Current.CancellationToken);

        output.WriteLine($"1000 rules: {clock.ElapsedMilliseconds} ms, {analysis.Pairs} pairs, {analysis.Searches} searches, {analysis.Steps} steps, {analysis.Findings.Length} findings, {analysis.Notes.Length} notes");
        Assert.False(analysis.Complete);
        Assert.True(analysis.Steps <= 10_000);
    }

    [Fact]
    public void Analyse_FaultAmongAThousandRules_IsFound()
    {
        var fault = Packs.Rule("fault", "{all: [{fact: recipientCountry, eq: SG}, {fact: subjects, lt: 5}, {fact: subjects, gt: 4}]}", "PROHIBITED");

        var analysis = PackAnalyser.Analyse(Packs.Of(Generated(500) + fault), AnalysisLimits.Default, TestContext.Current.CancellationToken);

        Assert.Equal(AnalysisKind.NeverMatches, Assert.Single(analysis.Findings).Kind);
    }

    [Fact]
    public void Analyse_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => PackAnalyser.Analyse(Packs.Get("CN"), AnalysisLimits.Default, new CancellationToken(canceled: true)));

    [Fact]
    public void Analyse_PackWithoutRules_HasNothingToSay()
    {
        var analysis = PackAnalyser.Analyse(Generators.PackOf("SG", []), AnalysisLimits.Default, Never);

        Assert.True(analysis.Complete);
        Assert.Empty(analysis.Findings);
    }

    [Fact]
    public void Analyse_Twice_SaysTheSame()
    {
        var once = PackAnalyser.Analyse(Packs.Get("CN"), AnalysisLimits.Default, Never);
        var again = PackAnalyser.Analyse(Packs.Get("CN"), AnalysisLimits.Default, Never);

        Assert.Equal(once.Findings.Select(Told.Finding), again.Findings.Select(Told.Finding));
        Assert.Equal(once.Notes.Select(Told.Finding), again.Notes.Select(Told.Finding));
        Assert.Equal(once.Steps, again.Steps);
    }

    [Fact]
    public void Analyse_TooFewSteps_SaysNothingOfWhatItCouldNotTell()
    {
        var pack = Packs.Of(
            Packs.Rule("never", "{all: [{any: [{fact: ciio, eq: true}, {fact: coreData, eq: true}]}, {any: [{fact: ciio, eq: false}, {fact: coreData, eq: true}]}, {any: [{fact: ciio, eq: true}, {fact: coreData, eq: false}]}, {any: [{fact: ciio, eq: false}, {fact: coreData, eq: false}]}]}", "PROHIBITED")
            + Packs.Rule("rest", "always", "EXEMPT"));

        var cut = PackAnalyser.Analyse(pack, AnalysisLimits.Default with { StepsPerSearch = 1 }, Never);
        var full = PackAnalyser.Analyse(pack, AnalysisLimits.Default, Never);

        Assert.False(cut.Complete);
        Assert.Empty(cut.Findings);
        Assert.True(full.Complete);
        Assert.Equal(AnalysisKind.NeverMatches, Assert.Single(full.Findings).Kind);
    }

    [Fact]
    public void Analyse_TooManyValues_SaysNothingOfWhatItCouldNotTell()
    {
        var pack = Packs.Of(
            Packs.Rule("some", "{all: [{fact: subjects, gt: 10}, {fact: subjects, lt: 12}]}", "PROHIBITED") + Packs.Rule("rest", "always", "EXEMPT"));

        var cut = PackAnalyser.Analyse(pack, AnalysisLimits.Default with { ValuesPerFact = 1 }, Never);

        Assert.False(cut.Complete);
        Assert.DoesNotContain(cut.Findings, finding => finding.Kind == AnalysisKind.NeverMatches);
    }

    [Fact]
    public void Analyse_MoreFindingsThanAllowed_IsIncomplete()
    {
        var pack = Packs.Of(Packs.Rule("a", "{fact: subjects, lt: 0}", "PROHIBITED") + Packs.Rule("b", "{fact: recordCount, lt: 0}", "PROHIBITED") + Packs.Rule("rest", "always", "EXEMPT"));

        var analysis = PackAnalyser.Analyse(pack, AnalysisLimits.Default with { Findings = 1 }, Never);

        Assert.Single(analysis.Findings);
        Assert.False(analysis.Complete);
    }

    [Fact]
    public void Analyse_StricterRuleFirst_IsANoteWithACase()
    {
        var pack = Packs.Of(
            Packs.Rule("secret", "{fact: stateSecret, eq: true}", "PROHIBITED")
            + Packs.Rule("large", "{all: [{fact: ciio, eq: true}, {fact: subjects, gte: 10}]}", "HUMAN_REVIEW")
            + Packs.Rule("flag", "{fact: ciio, eq: true}", "FREE_FLOW", "exception: true")
            + Packs.Rule("rest", "{fact: ciio, eq: false}", "EXEMPT"));

        var analysis = PackAnalyser.Analyse(pack, AnalysisLimits.Default, Never);

        Assert.Empty(analysis.Findings);
        Assert.Equal(
            ["StricterFirst secret large", "StricterFirst secret flag", "StricterFirst secret rest", "SpecificFirst large flag", "NeedlessException flag"],
            analysis.Notes.Select(note => $"{note.Kind} {string.Join(' ', note.Rules)}"));
        var example = analysis.Notes.Single(note => note.Kind == AnalysisKind.SpecificFirst).Example!;
        Assert.Equal("large", example.Verdict.DecidingRule);
        Assert.Equal(["ciio", "stateSecret", "subjects"], example.Facts.Names);
    }

    [Fact]
    public void Analyse_UncoveredCases_AreToldInWords()
    {
        var pack = Packs.Of(
            Packs.Rule("small", "{fact: subjects, lt: 100}", "EXEMPT") + Packs.Rule("large", "{fact: subjects, gte: 200}", "PROHIBITED"));

        var finding = Assert.Single(PackAnalyser.Analyse(pack, AnalysisLimits.Default, Never).Findings);

        Assert.Equal("No rule covers cases with subjects from 100 to 199.", finding.Explanation);
        Assert.Equal(100, finding.Example!.Facts.TryGet(FactNames.Subjects, out var subjects) ? subjects.AsInteger() : null);
    }

    [Fact]
    public void Analyse_RuleThatNeverMatches_NamesThePartsThatClash()
    {
        var pack = Packs.Of(
            Packs.Rule("band", "{all: [{fact: ciio, eq: true}, {fact: subjects, gte: 1000}, {fact: subjects, lt: 100}]}", "PROHIBITED") + Packs.Rule("rest", "always", "EXEMPT"));

        var finding = Assert.Single(PackAnalyser.Analyse(pack, AnalysisLimits.Default, Never).Findings);

        Assert.Equal("'band' never matches: [subjects gte 1000] and [subjects lt 100] cannot hold together.", finding.Explanation);
        Assert.Null(finding.Example);
    }

    [Fact]
    public void Parse_ExceptionOnAnOverlay_IsRefused()
    {
        var result = RulePackParser.Parse(Packs.Yaml(Packs.Rule("over", "always", "PROHIBITED", "kind: overlay\nexception: true")));

        Assert.Equal("overlay_loosens", Assert.Single(result.Errors).Code);
    }

    // Strictest outcomes first, each rule for its own country, purpose and band of persons.
    private static string Generated(int rules)
    {
        string[] outcomes = ["PROHIBITED", "HUMAN_REVIEW", "EXEMPT"];
        string[] countries = ["AE", "AT", "AU", "BR", "CA", "CH", "CN", "DE", "EG", "FR", "ID", "IN", "JP", "KE", "KR", "KZ", "MY", "NG", "RU", "SA", "SG", "TH", "TR", "US", "UZ"];
        var text = new StringBuilder();
        for (var i = 0; i < rules - 1; i++)
        {
            var (level, at) = (i * outcomes.Length / rules, i % countries.Length);
            var condition = $"{{all: [{{fact: recipientCountry, in: [{countries[at]}, {countries[(at + 1) % countries.Length]}]}}, {{fact: purpose, eq: {Vocabulary.Purposes[i % Vocabulary.Purposes.Length]}}}, {{fact: subjects, gte: {(i * 10) + 1}}}, {{fact: subjects, lt: {(i * 10) + 2000}}}]}}";
            text.Append(Packs.Rule($"r{i}", condition, outcomes[level]));
        }

        return text.Append(Packs.Rule("closing", "always", "PROHIBITED", "otherwise: true")).ToString();
    }
}
