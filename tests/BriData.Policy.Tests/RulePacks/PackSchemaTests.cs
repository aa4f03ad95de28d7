using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using BriData.Policy.RulePacks.Reading;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.RulePacks;

public sealed partial class PackSchemaTests
{
    private const string Rewrite = "BRIDATA_WRITE_SCHEMA";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<Task<NJsonSchema.JsonSchema>> Validator = new(() => NJsonSchema.JsonSchema.FromJsonAsync(InOlderSpelling()));

    public static TheoryData<string> Jurisdictions => [.. BuiltInPacks.All.Select(pack => pack.Jurisdiction)];

    /// <summary>To bring the published file up to date after a change of the vocabulary, run this test with BRIDATA_WRITE_SCHEMA=1.</summary>
    [Fact]
    public void Schema_AsPublished_NamesWhatTheVocabularyNames()
    {
        var published = JsonNode.Parse(BuiltInPacks.Schema.Span)!.AsObject();
        var current = published.DeepClone();
        foreach (var (name, definition) in SchemaVocabulary.Build())
        {
            current["$defs"]![name] = definition!.DeepClone();
        }

        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            File.WriteAllText(PublishedFile(), OnOneLine(current.ToJsonString(Readable)) + "\n");
        }

        Assert.True(JsonNode.DeepEquals(current, published), $"The schema is out of date; run this test with {Rewrite}=1 and commit the file.");
    }

    [Fact]
    public void Schema_Operators_AreThoseOfTheReader()
    {
        var written = SchemaVocabulary.Build()["comparison"]!["anyOf"]!.AsArray()
            .SelectMany(branch => branch!["properties"]!.AsObject().Select(property => property.Key))
            .Except(["fact", "absent"], StringComparer.Ordinal);

        Assert.Equal(
            Enum.GetNames<ComparisonOperator>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal),
            written.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public async Task Validate_ShippedPack_IsValid(string jurisdiction) =>
        Assert.Empty(await ErrorsOf(System.Text.Encoding.UTF8.GetString(BuiltInPacks.Find(jurisdiction)!.Yaml.Span)));

    [Fact]
    public async Task Validate_EveryKeyOfTheFormat_IsValidAndAccepted()
    {
        Assert.True(RulePackParser.Parse(Full).IsValid, string.Join("\n", RulePackParser.Parse(Full).Errors));
        Assert.Empty(await ErrorsOf(Full));
    }

    [Fact]
    public async Task Validate_RuleMarkedAsException_IsValid() =>
        Assert.Empty(await ErrorsOf(Full.Replace("otherwise: true", "exception: true", StringComparison.Ordinal)));

    [Theory]
    [InlineData("format: 1", "format: 2")]
    [InlineData("jurisdiction: SG", "jurisdiction: Singapore")]
    [InlineData("version: \"1\"", "version: a b")]
    [InlineData("title: {en: T}", "title: {ru: T}")]
    [InlineData("title: {en: T}", "title: {en: T, Russian: T}")]
    [InlineData("not legal advice", "but legal advice")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 22.11.2026")]
    [InlineData("lastChecked: 2026-11-22", "lastChecked: 2026-11-22\nextra: 1")]
    [InlineData("workingWeek: [Mon, Tue]", "workingWeek: []")]
    [InlineData("workingWeek: [Mon, Tue]", "workingWeek: [Monday]")]
    [InlineData("workingWeek: [Mon, Tue]", "workingWeek: [Mon, Mon]")]
    [InlineData("holidays: [2026-10-01]", "holidays: [1 October]")]
    [InlineData("validYears: 3", "validYears: 0")]
    [InlineData("mechanism: SCC", "mechanism: MAGIC")]
    [InlineData("id: a", "id: A B")]
    [InlineData("law: L, article: art. 1", "article: art. 1")]
    [InlineData("certainty: P+", "certainty: sure")]
    [InlineData("effectiveTo: 2030-12-31", "effectiveTo: 2030-13-31")]
    [InlineData("certainty: P+\n", "certainty: P+\n    colour: red\n")]
    [InlineData("when: always", "when: allways")]
    [InlineData("when: always", "when: {some: []}")]
    [InlineData("when: always", "when: {all: []}")]
    [InlineData("when: always", "when: {all: [always], any: [always]}")]
    [InlineData("when: always", "when: {not: {any: [{fact: cio, eq: true}]}}")]
    [InlineData("when: always", "when: {fact: ciio}")]
    [InlineData("when: always", "when: {fact: ciio, eq: yes please}")]
    [InlineData("when: always", "when: {fact: ciio, gte: 1}")]
    [InlineData("when: always", "when: {fact: ciio, eq: true, ne: false}")]
    [InlineData("when: always", "when: {fact: ciio, known: true, absent: true}")]
    [InlineData("when: always", "when: {fact: ciio, eq: true, absent: maybe}")]
    [InlineData("when: always", "when: {fact: purpose, eq: Spying}")]
    [InlineData("when: always", "when: {fact: purpose, in: Marketing}")]
    [InlineData("when: always", "when: {fact: subjects, gte: -1}")]
    [InlineData("when: always", "when: {fact: recipientCountry, eq: XX}")]
    [InlineData("when: always", "when: {fact: safeguard, eq: Bcr}")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: subjects}}")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: assessmentDate, plusCenturies: 1}}")]
    [InlineData("when: always", "when: {fact: eventDate, gte: {fact: assessmentDate, plusDays: 1, plusYears: 1}}")]
    [InlineData("outcome: EXEMPT", "outcome: ALLOWED")]
    [InlineData("    outcome: EXEMPT\n", "")]
    [InlineData("outcome: EXEMPT", "outcome: MECHANISM_REQUIRED")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    kind: overlay")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    kind: other")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    role: bystander")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    exception: maybe")]
    [InlineData("outcome: EXEMPT", "outcome: EXEMPT\n    obligations: [SING]")]
    [InlineData("regulatorStep: \"Filed(2026-05-01)\"", "regulatorStep: \"Filed(May)\"")]
    [InlineData("subjects: 10", "subjects: ten")]
    [InlineData("subjects: 10", "subject: 10")]
    [InlineData("mayProceedNow: unknown}", "mayProceedNow: perhaps}")]
    public async Task Validate_OneFault_IsRefused(string find, string replace)
    {
        var at = Full.IndexOf(find, StringComparison.Ordinal);

        Assert.True(at >= 0);
        Assert.NotEmpty(await ErrorsOf(string.Concat(Full.AsSpan(0, at), replace, Full.AsSpan(at + find.Length))));
    }

    private const string Full = """
        format: 1
        jurisdiction: SG
        version: "1"
        title: {en: T}
        disclaimer: engineering summary, not legal advice
        lastChecked: 2026-11-22
        calendar: {workingWeek: [Mon, Tue], holidays: [2026-10-01]}
        definitions:
          late: {fact: signedOn, lt: {fact: eventDate, plusWorkingDays: -5}}
        mechanismTerms:
          - {mechanism: SCC, validYears: 3, usableWhen: {not: {use: late}}, effectiveFrom: 2020-01-01, effectiveTo: 2030-12-31, citation: {law: L}}
        rules:
          - id: a
            citation: {law: L, article: art. 1}
            certainty: P+
            effectiveFrom: 2020-01-01
            when: always
            outcome: EXEMPT
            texts: {en: T}
          - id: b
            citation: {law: L}
            certainty: K~
            lastChecked: 2026-01-01
            effectiveFrom: 2020-01-01
            kind: base
            role: both
            when:
              any:
                - {use: late}
                - all:
                    - {fact: legalBasis, in: [Consent, None], absent: unknown}
                    - {fact: safeguard, containsAny: [Bcr]}
                    - {fact: subRegime, startsWith: CN-FTZ-}
                    - {fact: onwardTransferTo, notIn: [None, SG]}
                    - {fact: flows, known: false}
                    - {fact: subjects, lte: {fact: recordCount}}
            outcome: MECHANISM_REQUIRED
            mechanisms: [BCR]
            alsoSatisfiedBy: [SCC]
            mayProceedNow: {fact: riskAssessmentDone, eq: true}
            obligations: [KEEP_RECORDS]
            excludes: [LOCAL_COPY]
            countsTowardTotals: false
            otherwise: true
            texts: {en: T, zh-CN: T}
          - {id: c, citation: {law: L}, certainty: S-, effectiveFrom: 2020-01-01, kind: overlay, when: {fact: ciio, eq: true}, mayProceedNow: false, texts: {en: T}}
        tests:
          - name: all
            eventDate: 2026-06-15
            facts: {regulatorStep: "Filed(2026-05-01)", subjects: 10, safeguard: Bcr, personalCategory: [General], batches: [1, 2], flows: [{subjects: 3}], recipientCountry: "NO"}
            expect: {outcome: EXEMPT, rule: a, mechanisms: [], obligations: [], missingFacts: [], mayProceedNow: unknown}
        """;

    private static async Task<IEnumerable<string>> ErrorsOf(string yaml)
    {
        var errors = new ReadingErrors();
        var document = YamlTree.Read(System.Text.Encoding.UTF8.GetBytes(yaml), errors);
        Assert.Equal(0, errors.Count);
        var validator = await Validator.Value;
        return validator.Validate(System.Text.Encoding.UTF8.GetString(YamlValues.ToJson(document!))).Select(error => $"{error.Kind} {error.Path} line {error.LineNumber}");
    }

    // The validator knows "$defs" and "const" only by what they were called before: "definitions", and an enumeration of one.
    private static string InOlderSpelling() => Constants()
        .Replace(System.Text.Encoding.UTF8.GetString(BuiltInPacks.Schema.Span), "\"enum\": [$1]")
        .Replace("$defs", "definitions", StringComparison.Ordinal);

    // What holds nothing nested stands on one line.
    private static string OnOneLine(string json) => Leaves().Replace(json, static leaf =>
        Breaks().Replace(leaf.Value, " ").Replace("[ ", "[", StringComparison.Ordinal).Replace(" ]", "]", StringComparison.Ordinal));

    private static string PublishedFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../grains/BriData.Policy/Packs/rule-pack.schema.json");

    [GeneratedRegex("\"const\": (\"[^\"]*\"|[0-9]+)")]
    private static partial Regex Constants();

    [GeneratedRegex(@"[\[{][^\[\]{}]*[\]}]")]
    private static partial Regex Leaves();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Breaks();
}
