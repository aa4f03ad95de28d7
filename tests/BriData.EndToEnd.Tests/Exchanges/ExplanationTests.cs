using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Exchanges;

/// <summary>A decision that a person can act on, in the person's language.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ExplanationTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Theory]
    [InlineData("en", "en", "The law asks for a mechanism that is not on record for this transfer.")]
    [InlineData("zh-Hans, en;q=0.5", "zh-CN", null)]
    [InlineData("ru-KZ", "ru", null)]
    [InlineData("fr", "en", null)]
    public async Task Explanation_OfADenial_TellsRulesLawAndRemedyInTheLanguageAskedFor(string wanted, string given, string? reason)
    {
        var id = await DeniedAsync();

        var words = (await (await _office.AgencyAsync("KZ/customs")).GetAsync($"v1/transfers/{id}/explanation", ("Accept-Language", wanted))).Is(200);

        Assert.Equal((given, given), (words.Value("language"), words.Header("Content-Language")));
        Assert.Equal("MECHANISM_MISSING", words.Value("reason", "code"));
        Assert.NotEqual("MECHANISM_MISSING", words.Value("reason", "text"));
        if (reason is not null)
        {
            Assert.Equal(reason, words.Value("reason", "text"));
        }

        var law = words.List("rules").Single(r => r.GetProperty("id").GetString() == "cn-0e-state-organ");
        Assert.NotEmpty(law.GetProperty("text").GetString()!);
        Assert.Contains("art", law.GetProperty("citation").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(law.GetProperty("decidedBy").EnumerateArray());
        Assert.Equal("CN_SECURITY_ASSESSMENT", words.List("remedy")[0].GetProperty("name").GetString());
        Assert.All(words.List("obligations"), o => Assert.NotEqual(o.GetProperty("code").GetString(), o.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Explanation_ForThirdParties_DoesNotExist()
    {
        var id = await DeniedAsync();

        (await (await _office.AgencyAsync("SG/customs")).GetAsync($"v1/transfers/{id}/explanation")).IsProblem(404, "unknown_transfer");
        (await (await _office.AgencyAsync("KZ/customs")).GetAsync("v1/transfers/no-such:1/explanation")).IsProblem(404, "unknown_transfer");
    }

    [Fact]
    public async Task Vocabulary_Always_HasWordsForEveryCode()
    {
        var officer = await _office.AgencyAsync("KZ/customs");

        var vocabulary = (await officer.GetAsync("v1/rules/vocabulary")).Is(200);
        var schema = (await officer.GetAsync("v1/rules/schema")).Is(200);

        string[] languages = ["en", "ru", "zh-CN"];
        Assert.All(vocabulary.List("codes"), code => Assert.Equal(languages, code.GetProperty("text").EnumerateObject().Select(t => t.Name)));
        Assert.Contains(vocabulary.List("facts"), fact => fact.GetProperty("name").GetString() == "ciio" && fact.GetProperty("type").GetString() == "boolean");
        Assert.Equal("application/schema+json", schema.MediaType);
        Assert.Equal("urn:bridata:rule-pack:1", schema.Value("$id"));
    }

    private async Task<string> DeniedAsync() => (await (await _office.AgencyAsync("KZ/customs")).PostAsync("v1/transfers", new JsonObject
    {
        ["agreement"] = "cn-kz-customs",
        ["dataset"] = "CN/customs/travellers",
        ["purpose"] = "InternationalTrade",
    })).Is(201).Value("id")!;
}
