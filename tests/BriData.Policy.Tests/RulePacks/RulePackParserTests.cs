using System.Text;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.RulePacks;

public sealed class RulePackParserTests
{
    private const string Head = "format: 1\njurisdiction: SG\nversion: \"1\"\ntitle: {en: T}\ndisclaimer: engineering summary, not legal advice\nlastChecked: 2026-11-22\nrules:\n";

    private const string Rule = "  - id: a\n    citation: {law: L}\n    certainty: P+\n    effectiveFrom: 2020-01-01\n    when: always\n    outcome: EXEMPT\n    texts: {en: T}\n";

    [Fact]
    public void Parse_Smallest_IsValid()
    {
        var result = RulePackParser.Parse(Head + Rule);

        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        var rule = Assert.Single(result.Pack!.Rules);
        Assert.Equal(8, rule.Line);
        Assert.Equal(new DateOnly(2026, 11, 22), rule.LastChecked);
    }

    [Theory]
    [InlineData("format: 1", "format: 2", 1, 9, "unknown_format")]
    [InlineData("jurisdiction: SG", "jurisdiction: XX", 2, 15, "unknown_jurisdiction")]
    [InlineData("jurisdiction: SG", "jurisdiction: [SG]", 2, 15, "wrong_type")]
    [InlineData("version: \"1\"", "version: a b", 3, 10, "bad_version")]
    [InlineData("title: {en: T}", "title: {ru: T}", 4, 8, "missing_key")]
    [InlineData("title: {en: T}", "title: {en: T, Russian: T}", 4, 16, "bad_language")]
    [InlineData("not legal advice", "but legal advice", 5, 13, "bad_disclaimer")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 22.11.2026", 6, 14, "bad_date")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\nextra: 1", 7, 1, "unknown_key")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\nmechanismTerms:\n  - {mechanism: SCC, effectiveFrom: 2020-01-01, citation: {law: L}}\n  - {mechanism: SCC, effectiveFrom: 2024-01-01, citation: {law: L}}", 9, 5, "overlapping_dates")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\nmechanismTerms:\n  - {mechanism: SCC, effectiveFrom: 2020-01-01, effectiveTo: 2019-01-01, citation: {law: L}}", 8, 5, "bad_dates")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {counters: []}", 7, 20, "wrong_type")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {sensitiveCategories: [Helth], counters: [{fact: bulkCount12Months, counts: all, window: {months: 12}}]}", 7, 32, "unknown_value")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {counters: [{fact: subjects, counts: all, window: calendarYear}]}", 7, 28, "unknown_fact")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {counters: [{fact: bulkCount12Months, counts: some, window: calendarYear}]}", 7, 55, "unknown_value")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {counters: [{fact: bulkCount12Months, counts: all, window: {months: 0}}]}", 7, 68, "wrong_type")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\ntotals: {counters: [{fact: bulkCount12Months, counts: all, window: calendarYear}, {fact: bulkCount12Months, counts: all, window: calendarYear}]}", 7, 83, "duplicate_value")]
    [InlineData("id: a", "id: A B", 8, 9, "bad_identifier")]
    [InlineData("citation: {law: L}", "citation: {article: L}", 9, 15, "missing_key")]
    [InlineData("certainty: P+", "certainty: sure", 10, 16, "bad_certainty")]
    [InlineData("effectiveFrom: 2020-01-01", "effectiveFrom: 2020-13-01", 11, 20, "bad_date")]
    [InlineData("effectiveFrom: 2020-01-01", "effectiveFrom: 2020-01-01\n    effectiveTo: 2019-12-31", 12, 18, "bad_dates")]
    [InlineData("    effectiveFrom: 2020-01-01\n", "", 8, 5, "missing_key")]
    [InlineData("when: always", "when: allways", 12, 11, "wrong_type")]
    [InlineData("when: always", "when: {some: []}", 12, 12, "unknown_operator")]
    [InlineData("when: always", "when: {all: [], any: []}", 12, 21, "unknown_key")]
    [InlineData("when: always", "when: {all: []}", 12, 17, "wrong_type")]
    [InlineData("when: always", "when: {use: nothing}", 12, 17, "unknown_definition")]
    [InlineData("when: always", "when: {fact: cio, eq: true}", 12, 18, "unknown_fact")]
    [InlineData("when: always", "when: {fact: ciio, is: true}", 12, 24, "unknown_operator")]
    [InlineData("when: always", "when: {fact: ciio, gte: 1}", 12, 24, "operator_not_applicable")]
    [InlineData("when: always", "when: {fact: ciio}", 12, 11, "missing_key")]
    [InlineData("when: always", "when: {fact: ciio, eq: true, ne: false}", 12, 34, "unknown_key")]
    [InlineData("when: always", "when: {fact: ciio, eq: \"true\"}", 12, 28, "wrong_type")]
    [InlineData("when: always", "when: {fact: ciio, eq: true, absent: maybe}", 12, 42, "wrong_type")]
    [InlineData("when: always", "when: {fact: ciio, known: true, absent: false}", 12, 11, "unknown_key")]
    [InlineData("when: always", "when: {fact: purpose, eq: Spying}", 12, 31, "unknown_value")]
    [InlineData("when: always", "when: {fact: purpose, in: [Marketing, Spying]}", 12, 43, "unknown_value")]
    [InlineData("when: always", "when: {fact: purpose, in: Marketing}", 12, 31, "wrong_type")]
    [InlineData("when: always", "when: {fact: subjects, gte: many}", 12, 33, "wrong_type")]
    [InlineData("when: always", "when: {fact: subjects, gte: -1}", 12, 33, "unknown_value")]
    [InlineData("when: always", "when: {fact: recipientCountry, eq: XX}", 12, 40, "unknown_value")]
    [InlineData("when: always", "when: {fact: safeguard, eq: Bcr}", 12, 29, "operator_not_applicable")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: subjects}}", 12, 34, "operator_not_applicable")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: assessmentDate, plusCenturies: 1}}", 12, 57, "unknown_key")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: assessmentDate, plusYears: many}}", 12, 68, "wrong_type")]
    [InlineData("outcome: EXEMPT", "outcome: ALLOWED", 13, 14, "unknown_outcome")]
    [InlineData("    outcome: EXEMPT\n", "", 8, 5, "missing_key")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    mechanisms: [MAGIC]", 14, 18, "unknown_mechanism")]
    [InlineData("outcome: EXEMPT", "outcome: MECHANISM_REQUIRED", 8, 5, "missing_mechanism")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    obligations: [KEEP_RECORDS, KEEP_RECORDS]", 14, 33, "duplicate_value")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    obligations: [SING]", 14, 19, "unknown_obligation")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    kind: other", 14, 11, "unknown_value")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    kind: overlay", 13, 14, "overlay_loosens")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    role: bystander", 14, 11, "unknown_value")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    outcome: EXEMPT", 14, 5, "duplicate_key")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    colour: red", 14, 5, "unknown_key")]
    [InlineData("texts: {en: T}", "texts: {ru: T}", 14, 12, "missing_key")]
    [InlineData("when: always", "when: &x always", 12, 11, "alias_not_allowed")]
    [InlineData("when: always", "when: !!str always", 12, 11, "tag_not_allowed")]
    [InlineData("when: always", "when: {all: [", 12, 17, "not_yaml")]
    public void Parse_OneFault_ReportsLineColumnAndCode(string find, string replace, int line, int column, string code)
    {
        var result = RulePackParser.Parse((Head + Rule).Replace(find, replace, StringComparison.Ordinal));

        Assert.Null(result.Pack);
        Assert.Equal((line, column, code), (result.Errors[0].Line, result.Errors[0].Column, result.Errors[0].Code));
        Assert.NotEmpty(result.Errors[0].Message);
    }

    [Fact]
    public void Parse_DuplicateRule_PointsAtTheSecondIdentifier()
    {
        var error = Assert.Single(RulePackParser.Parse(Head + Rule + Rule).Errors);

        Assert.Equal((15, 9, "duplicate_rule"), (error.Line, error.Column, error.Code));
    }

    [Theory]
    [InlineData("    facts: {cio: true}\n", 18, 13, "unknown_fact")]
    [InlineData("    facts: {ciio: 3}\n", 18, 19, "fact_type")]
    [InlineData("    facts: {purpose: Spying}\n", 18, 22, "fact_value")]
    [InlineData("    facts: {subjects: -1}\n", 18, 23, "fact_range")]
    [InlineData("    facts: {flows: [{subjects: x}]}\n", 18, 20, "fact_type")]
    public void Parse_TestWithBadFacts_PointsAtThem(string facts, int line, int column, string code)
    {
        var error = Assert.Single(RulePackParser.Parse(
            Head + Rule + "tests:\n  - name: t\n    eventDate: 2026-01-01\n" + facts + "    expect: {outcome: EXEMPT}\n").Errors);

        Assert.Equal((line, column, code), (error.Line, error.Column, error.Code));
    }

    [Theory]
    [InlineData("{rule: b}", "unknown_rule")]
    [InlineData("{outcome: MAYBE}", "unknown_outcome")]
    [InlineData("{mayProceedNow: perhaps}", "wrong_type")]
    [InlineData("{missingFacts: [cio]}", "unknown_fact")]
    [InlineData("{colour: red}", "unknown_key")]
    public void Parse_TestWithBadExpectation_IsRefused(string expect, string code)
    {
        var error = Assert.Single(RulePackParser.Parse(
            Head + Rule + "tests:\n  - name: t\n    eventDate: 2026-01-01\n    facts: {}\n    expect: " + expect + "\n").Errors);

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void Parse_SeveralFaults_ReportsAllInOrder()
    {
        var result = RulePackParser.Parse((Head + Rule)
            .Replace("id: a", "id: A", StringComparison.Ordinal)
            .Replace("outcome: EXEMPT", "outcome: NO", StringComparison.Ordinal)
            .Replace("jurisdiction: SG", "jurisdiction: ZZ", StringComparison.Ordinal));

        Assert.Equal(["unknown_jurisdiction", "bad_identifier", "unknown_outcome"], result.Errors.Select(error => error.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("just a text")]
    [InlineData("- a\n- b\n")]
    [InlineData("\u0000")]
    [InlineData("a: b: c")]
    [InlineData("? [a]\n: b")]
    [InlineData("%YAML 9.9\n---\na: 1")]
    public void Parse_OtherDocuments_AreRefusedWithAPlace(string text)
    {
        var result = RulePackParser.Parse(text);

        Assert.Null(result.Pack);
        Assert.All(result.Errors, error => Assert.True(error.Line >= 1 && error.Column >= 1));
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void Parse_SecondDocument_IsRefused()
    {
        Assert.Equal("not_yaml", Assert.Single(RulePackParser.Parse(Head + Rule + "---\na: 1\n").Errors).Code);
    }

    [Fact]
    public void Parse_NotUtf8_IsRefused()
    {
        Assert.Equal("not_yaml", Assert.Single(RulePackParser.Parse(new byte[] { 0xff, 0xfe, 0x41 }.AsMemory()).Errors).Code);
    }

    [Fact]
    public void Parse_TooLarge_IsRefused()
    {
        var text = new string('#', RulePackParser.MaxDocumentBytes + 1);

        Assert.Equal("too_large", Assert.Single(RulePackParser.Parse(text).Errors).Code);
        Assert.Equal("too_large", Assert.Single(RulePackParser.Parse(Encoding.UTF8.GetBytes(text).AsMemory()).Errors).Code);
    }

    [Fact]
    public void Parse_TooDeep_IsRefused()
    {
        var when = string.Concat(Enumerable.Repeat("{not: ", 40)) + "always" + new string('}', 40);
        var error = Assert.Single(RulePackParser.Parse((Head + Rule).Replace("when: always", "when: " + when, StringComparison.Ordinal)).Errors);

        Assert.Equal((12, "too_deep"), (error.Line, error.Code));
    }

    [Fact]
    public void Parse_DefinitionsThatMultiply_AreRefused()
    {
        var definitions = new StringBuilder("definitions:\n  d0: {fact: ciio, eq: true}\n");
        for (var i = 1; i < 25; i++)
        {
            definitions.AppendLine($"  d{i}: {{any: [{{use: d{i - 1}}}, {{use: d{i - 1}}}]}}");
        }

        var result = RulePackParser.Parse((Head + Rule).Replace("rules:\n", definitions + "rules:\n", StringComparison.Ordinal));

        Assert.Contains(result.Errors, error => error.Code == "too_complex");
    }

    [Fact]
    public void Parse_Definition_CanBeUsedBelowOnly()
    {
        var text = Packs.Yaml(Packs.Rule("a", "{use: d}", "EXEMPT"));

        Assert.True(RulePackParser.Parse(text.Replace("rules:", "definitions:\n  d: {fact: ciio, eq: true}\nrules:", StringComparison.Ordinal)).IsValid);
        Assert.False(RulePackParser.Parse(text.Replace("rules:", "definitions:\n  e: {use: d}\n  d: {fact: ciio, eq: true}\nrules:", StringComparison.Ordinal)).IsValid);
    }
}
