using System.Reflection;
using System.Text;
using BriData.Contracts;
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

    [Fact]
    public async Task Bind_TooLong_IsRefused() =>
        Assert.Equal(ErrorCodes.BodyTooLarge, (await BindAsync(Good + new string(' ', BodyLimits.JsonBytes), "application/json")).Refusal!.Code);

    [Fact]
    public async Task Bind_SameValueWrittenOtherwise_HasAnotherFingerprint() =>
        Assert.NotEqual((await BindAsync(Good, "application/json")).Fingerprint, (await BindAsync(Good + " ", "application/json")).Fingerprint);

    private static async Task<JsonBody<TransferCreateRequest>> BindAsync(string text, string? mediaType)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", "/v1/transfers");
        context.Request.ContentType = mediaType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await JsonBody<TransferCreateRequest>.BindAsync(context, MethodBase.GetCurrentMethod()!.GetParameters().FirstOrDefault()!))!;
    }
}
