using System.Reflection;
using System.Text;
using BriData.Contracts;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class OptionalJsonBodyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task Bind_NoBody_IsABodyWithoutMembers(string? mediaType)
    {
        var body = await BindAsync("", mediaType);

        Assert.Null(body.Refusal);
        Assert.Null(body.Value.Signature);
        Assert.Equal(64, body.Fingerprint.Length);
    }

    [Fact]
    public async Task Bind_Body_IsRead() => Assert.Equal("a.b.c", (await BindAsync("""{"signature":"a.b.c"}""", "application/json")).Value.Signature);

    [Theory]
    [InlineData("{", "application/json", ErrorCodes.MalformedJson)]
    [InlineData("null", "application/json", ErrorCodes.InvalidField)]
    [InlineData("""{"signature":1}""", "application/json", ErrorCodes.InvalidField)]
    [InlineData("""{"other":1}""", "application/json", ErrorCodes.UnknownField)]
    [InlineData("""{"signature":"a.b.c"}""", "text/plain", ErrorCodes.UnsupportedMediaType)]
    [InlineData("""{"signature":"a.b.c"}""", null, ErrorCodes.UnsupportedMediaType)]
    public async Task Bind_AnythingElse_IsRefused(string text, string? mediaType, string code) => Assert.Equal(code, (await BindAsync(text, mediaType)).Refusal?.Code);

    [Fact]
    public async Task Bind_TooLong_IsRefused() =>
        Assert.Equal(ErrorCodes.BodyTooLarge, (await BindAsync(new string(' ', BodyLimits.JsonBytes + 1), "application/json")).Refusal?.Code);

    private static async Task<OptionalJsonBody<SignatureRequest>> BindAsync(string text, string? mediaType)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", "/v1/agreements/a/signatures");
        context.Request.ContentType = mediaType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await OptionalJsonBody<SignatureRequest>.BindAsync(context, MethodBase.GetCurrentMethod()!.GetParameters().FirstOrDefault()!))!;
    }
}
