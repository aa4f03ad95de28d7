using System.Reflection;
using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class JsonBodyTests
{
    private const string Good = """{"agreement":"a","dataset":"d","purpose":"p","facts":{"subjects":3}}""";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/merge-patch+json")]
    public async Task Bind_Json_IsReadWithItsFingerprint(string mediaType)
    {
        var body = await BindAsync(Good, mediaType);
        Assert.Null(body.Refusal);
        Assert.Equal("a", body.Value.Agreement);
        Assert.Equal("""{"subjects":3}""", Encoding.UTF8.GetString(body.Value.Facts!.Value.Utf8.Span));
        Assert.Equal(64, body.Fingerprint.Length);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Bind_OtherMediaType_IsRefused(string? mediaType) =>
        Assert.Equal(ErrorCodes.UnsupportedMediaType, (await BindAsync(Good, mediaType)).Refusal!.Code);

    [Theory]
    [InlineData("null", ErrorCodes.InvalidField)]
    [InlineData("{", ErrorCodes.MalformedJson)]
    public async Task Bind_BadJson_IsRefused(string text, string code) => Assert.Equal(code, (await BindAsync(text, "application/json")).Refusal!.Code);

    [Theory]
    [InlineData(typeof(AgencyDocument), """{"names":{"en":"x","fr":null},"kind":"customs"}""", "$.names", "\"x\"")]
    [InlineData(typeof(DataSetDocument), """{"title":{"en":"x","fr":null},"mark":"open"}""", "$.title", "\"x\"")]
    [InlineData(typeof(DataSetDocument), """{"title":{"en":"x"},"mark":"open","fields":[null]}""", "$.fields", """{"name":"x"}""")]
    [InlineData(typeof(DataSetDocument), """{"title":{"en":"x"},"mark":"open","derivedFrom":[{"dataset":"CN/a/b"},null]}""", "$.derivedFrom", """{"dataset":"CN/a/c"}""")]
    [InlineData(typeof(AgreementDocument), """{"id":"a","title":{"en":"x"},"parties":["CN",null],"validFrom":"2026-01-01","grants":[]}""", "$.parties", "\"KZ\"")]
    [InlineData(typeof(AgreementDocument), """{"id":"a","title":{"en":"x"},"parties":["CN"],"validFrom":"2026-01-01","grants":[null]}""", "$.grants", """{"id":"g","dataSets":[],"importers":[],"purposes":[],"maxLevel":"open"}""")]
    [InlineData(typeof(AgreementDocument), """{"id":"a","title":{"en":"x"},"parties":["CN"],"validFrom":"2026-01-01","grants":[{"id":"g","dataSets":[null],"importers":[],"purposes":[],"maxLevel":"open"}]}""", "$.grants[0].dataSets", "\"x\"")]
    [InlineData(typeof(AgreementDocument), """{"id":"a","title":{"en":"x"},"parties":["CN"],"validFrom":"2026-01-01","grants":[],"retention":{"payload":null}}""", "$.retention", """{"days":1}""")]
    [InlineData(typeof(IssuerList), """{"issuers":[null]}""", "$.issuers", """{"issuer":"x","metadataAddress":"x"}""")]
    [InlineData(typeof(WitnessList), """{"witnesses":[null],"quorum":0}""", "$.witnesses", """{"vkey":"x","url":"x"}""")]
    [InlineData(typeof(EraseRequest), """{"classes":["payload",null]}""", "$.classes", "\"statements\"")]
    public void Read_NullInAListOrMap_IsRefusedWhereItStands(Type type, string text, string path, string instead)
    {
        var read = typeof(JsonBodyTests).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);

        var refusal = (Refusal?)read.Invoke(null, [text]);

        Assert.Equal(ErrorCodes.InvalidField, refusal?.Code);
        Assert.StartsWith(path, Assert.Single(refusal!.Fields).Field, StringComparison.Ordinal);
        Assert.Null(read.Invoke(null, [text.Replace("null", instead, StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Bind_TooLong_IsRefused() =>
        Assert.Equal(ErrorCodes.BodyTooLarge, (await BindAsync(Good + new string(' ', BodyLimits.JsonBytes), "application/json")).Refusal!.Code);

    [Fact]
    public async Task Bind_SameValueWrittenOtherwise_HasAnotherFingerprint() =>
        Assert.NotEqual((await BindAsync(Good, "application/json")).Fingerprint, (await BindAsync(Good + " ", "application/json")).Fingerprint);

    private static Refusal? Read<T>(string text)
        where T : class
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        return JsonBody<T>.Read(context.Request, Encoding.UTF8.GetBytes(text), "").Refusal;
    }

    private static async Task<JsonBody<TransferCreateRequest>> BindAsync(string text, string? mediaType)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", "/v1/transfers");
        context.Request.ContentType = mediaType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await JsonBody<TransferCreateRequest>.BindAsync(context, MethodBase.GetCurrentMethod()!.GetParameters().FirstOrDefault()!))!;
    }
}
