using System.Text;
using BriData.Policy.Classification;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.RulePacks;

public sealed class BuiltInPackTests
{
    public static TheoryData<string> Jurisdictions => [.. PackFiles()];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var pack in BuiltInPacks.All)
            {
                foreach (var test in RulePackParser.Parse(pack.Yaml).Pack!.Tests)
                {
                    cases.Add(pack.Jurisdiction, test.Name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Parse_ShippedPack_HasNoErrors(string jurisdiction)
    {
        var result = RulePackParser.Parse(Source(jurisdiction));

        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        Assert.Equal(jurisdiction, result.Pack!.Jurisdiction);
        Assert.Equal(RulePack.RequiredDisclaimer, result.Pack.Disclaimer);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_CaseOfThePack_ComesOutAsWritten(string jurisdiction, string name)
    {
        var result = PackTestRunner.Run(Packs.Get(jurisdiction)).Single(test => test.Case.Name == name);

        Assert.True(result.Passed, $"{jurisdiction} line {result.Case.Line}, {name}: {result.Failure}\n{string.Join("\n", result.Verdict.Rules.Where(rule => rule.Result != "notMatched"))}");
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Tests_EveryRuleInForceSomeDay_IsMatchedByACase(string jurisdiction)
    {
        var pack = Packs.Get(jurisdiction);
        var matched = PackTestRunner.Run(pack)
            .SelectMany(test => test.Verdict.Rules)
            .Where(rule => rule.Result == "matched")
            .Select(rule => rule.Id)
            .ToHashSet(StringComparer.Ordinal);

        var asleep = new DateOnly(2090, 1, 1);
        Assert.Empty(pack.Pack.Rules.Where(rule => rule.EffectiveFrom < asleep && !matched.Contains(rule.Id)).Select(rule => rule.Id));
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Rules_OfShippedPack_SpeakThreeLanguages(string jurisdiction)
    {
        Assert.All(Packs.Get(jurisdiction).Pack.Rules, rule =>
        {
            Assert.Superset(new HashSet<string> { "en", "ru", "zh-CN" }, rule.Texts.Keys.ToHashSet(StringComparer.Ordinal));
            Assert.NotEqual("", rule.Citation.Law);
        });
    }

    [Fact]
    public void All_Always_SortedAndFound()
    {
        var codes = BuiltInPacks.All.Select(pack => pack.Jurisdiction).ToList();

        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Contains("CN", codes);
        Assert.Contains("KZ", codes);
        Assert.Null(BuiltInPacks.Find("XX"));
        Assert.All(BuiltInPacks.All, pack => Assert.Equal(pack.Version, Packs.Get(pack.Jurisdiction).Version));
    }

    [Theory]
    [InlineData("AE")]
    [InlineData("CN")]
    [InlineData("DE")]
    [InlineData("ID")]
    [InlineData("IN")]
    [InlineData("KE")]
    [InlineData("KZ")]
    [InlineData("MY")]
    [InlineData("RU")]
    [InlineData("PK")]
    [InlineData("SA")]
    [InlineData("SG")]
    [InlineData("TH")]
    [InlineData("US")]
    [InlineData("UZ")]
    [InlineData("VN")]
    [InlineData("ZA")]
    public void Schemes_ShippedScheme_Parses(string country)
    {
        var document = BuiltInPacks.FindScheme(country);

        var result = ClassificationScheme.Parse(document!.Json.Span);

        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        Assert.Equal(country, result.Scheme!.Country);
        Assert.True(result.Scheme.Marks.Select(mark => mark.Level).SequenceEqual(result.Scheme.Marks.Select(mark => mark.Level).Order()));
    }

    [Fact]
    public void Digest_OfCompiledPack_IsTheHashOfItsBytes()
    {
        var source = BuiltInPacks.Find("CN")!.Yaml;
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(source.Span));

        Assert.Equal(expected, Packs.Get("CN").Digest);
        Assert.Equal(expected, CompiledRulePack.Compile(RulePackParser.Parse(Encoding.UTF8.GetString(source.Span)).Pack!).Digest);
    }

    private static IEnumerable<string> PackFiles() => typeof(BuiltInPacks).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("packs/", StringComparison.Ordinal))
        .Select(name => name["packs/".Length..^".yaml".Length])
        .Order(StringComparer.Ordinal);

    private static ReadOnlyMemory<byte> Source(string jurisdiction)
    {
        using var stream = typeof(BuiltInPacks).Assembly.GetManifestResourceStream($"packs/{jurisdiction}.yaml")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
