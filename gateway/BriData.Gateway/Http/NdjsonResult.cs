using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BriData.Gateway.Http;

/// <summary>
/// Streams records as newline-delimited JSON, each sent as soon as it is there. A failure on the way cuts the connection:
/// a report without its last line, <c>summary</c> or <c>unreadable</c>, is not complete.
/// </summary>
internal sealed class NdjsonResult<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> type) : IResult
{
    public const string MediaType = "application/x-ndjson";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(response.Body, item, type, httpContext.RequestAborted);
            await response.WriteAsync("\n", httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
        }
    }
}
