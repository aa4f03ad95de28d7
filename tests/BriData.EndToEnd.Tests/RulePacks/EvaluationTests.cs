using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.RulePacks;

/// <summary>Judging stated facts: every shipped pack answers, in the languages asked for, and bad facts are named.</summary>
[Collection(GatewayGroup.Name)]
public sealed class EvaluationTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Theory]
    [InlineData("AE", "AE")]
    [InlineData("AE-ADGM", "AE-ADGM")]
    [InlineData("AE-DIFC", "AE-DIFC")]
    [InlineData("BR", "BR")]
    [InlineData("CN", "CN")]
    [InlineData("DE", "EU")]
    [InlineData("EG", "EG")]
    [InlineData("EU", "EU")]
    [InlineData("ID", "ID")]
    [InlineData("IN", "IN")]
    [InlineData("KE", "KE")]
    [InlineData("KZ", "KZ")]
    [InlineData("NG", "NG")]
    [InlineData("PK", "PK")]
    [InlineData("RS", "RS")]
    [InlineData("RU", "RU")]
    [InlineData("SA", "SA")]
    [InlineData("TH", "TH")]
    [InlineData("TR", "TR")]
    [InlineData("US", "US")]
    [InlineData("UZ", "UZ")]
    [InlineData("VN", "VN")]
    [InlineData("ZA", "ZA")]
    public async Task Evaluate_StateSecret_IsPermittedByNoPack(string exporter, string jurisdiction)
    {
        var verdict = (await EvaluateAsync(exporter, """{"dataKind":"NonPersonal","stateSecret":true}""")).Is(200);

        Assert.Equal(jurisdiction, verdict.Value("pack", "jurisdiction"));
        Assert.NotEqual("true", verdict.Value("mayProceedNow"));
    }

    [Fact]
    public async Task Evaluate_ZoneStatedAsFact_IsJudgedByTheZonesPack() =>
        Assert.Equal("AE-DIFC", (await EvaluateAsync("AE", """{"dataKind":"Personal","subRegime":"AE-DIFC"}""")).Is(200).Value("pack", "jurisdiction"));

    [Theory]
    [InlineData("zh", "无")]
    [InlineData("ru;q=0.5, zh-CN;q=0.1", "ь")]
    [InlineData("xx, ru-RU", "ь")]
    [InlineData("fr", "Data")]
    public async Task Evaluate_Language_FollowsAcceptLanguage(string wanted, string part)
    {
        var verdict = (await EvaluateAsync("CN", """{"dataKind":"NonPersonal","purpose":"Analytics"}""", ("Accept-Language", wanted))).Is(200);

        var texts = string.Concat(verdict.List("rules").Where(r => r.TryGetProperty("text", out _)).Select(r => r.GetProperty("text").GetString()));
        Assert.Contains(part, texts, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Accept-Language", verdict.Header("Vary"));
    }

    [Theory]
    [InlineData("""{"dataKind":"Peronal"}""", "invalid_fact", "dataKind")]
    [InlineData("""{"personalInfoSubjectsSinceJan1":-1}""", "invalid_fact", "personalInfoSubjectsSinceJan1")]
    [InlineData("""{"personalInfoSubjectsSinceJan1":"many"}""", "invalid_fact", "personalInfoSubjectsSinceJan1")]
    [InlineData("""{"ciio":"yes"}""", "invalid_fact", "ciio")]
    [InlineData("""{"firstTransferDate":"2026-02-30"}""", "invalid_fact", "firstTransferDate")]
    [InlineData("""{"onwardTransferTo":"XX"}""", "invalid_fact", "onwardTransferTo")]
    [InlineData("""{"colour":"red"}""", "unknown_fact", "colour")]
    [InlineData("""{"exporterCountry":"KZ"}""", "invalid_fact", "exporterCountry")]
    public async Task Evaluate_BadFact_IsNamed(string facts, string code, string fact)
    {
        var problem = (await EvaluateAsync("CN", facts)).IsProblem(400, code);

        Assert.Contains(fact, problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QQ", 404, "unknown_country")]
    [InlineData("C", 404, "unknown_country")]
    [InlineData("FR", 404, "country_not_member")]
    public async Task Evaluate_NoSuchJurisdiction_IsRefused(string exporter, int status, string code) =>
        (await EvaluateAsync(exporter, "{}")).IsProblem(status, code);

    private async Task<Answer> EvaluateAsync(string exporter, string facts, params (string Name, string Value)[] headers) =>
        await (await _office.AgencyAsync("KZ/customs")).SendAsync(
            HttpMethod.Post,
            "v1/rules/evaluate",
            Officer.Json(new JsonObject { ["exporter"] = exporter, ["importer"] = "SG", ["eventDate"] = "2026-06-15", ["facts"] = JsonNode.Parse(facts) }),
            headers);
}
