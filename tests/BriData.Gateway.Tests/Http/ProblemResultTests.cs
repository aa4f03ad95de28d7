using System.Text.Json;
using BriData.Contracts;
using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class ProblemResultTests
{
    [Fact]
    public async Task Execute_OnARouteThatSpokeOfAnotherAnswer_SaysNothingOfIt()
    {
        var context = new DefaultHttpContext();
        var body = new MemoryStream();
        context.Response.Body = body;
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.ETag = "\"1\"";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";

        await new ProblemResult(new Refusal(ErrorCodes.PreconditionFailed, "Another version.")).ExecuteAsync(context);

        Assert.False(context.Response.Headers.ContainsKey("Content-Encoding"));
        Assert.False(context.Response.Headers.ContainsKey("ETag"));
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal(StatusCodes.Status412PreconditionFailed, context.Response.StatusCode);
        Assert.Equal(ErrorCodes.PreconditionFailed, JsonElement.Parse(body.ToArray()).GetProperty("code").GetString());
    }
}
