using System.Globalization;
using BriData.Contracts.Transfers;

namespace BriData.Gateway.Http;

/// <summary>
/// Sends a released payload: exactly the bytes whose release was recorded, whatever conditions the request states. Takes over
/// the stream.
/// </summary>
internal sealed class PayloadResult(Stream content, PayloadDescriptor payload, SingleRange? range) : IResult
{
    private const int BufferBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var owned = content;
        var response = httpContext.Response;
        var (first, count) = range is null ? (0, payload.Size) : (range.First, range.Last - range.First + 1);
        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentType = payload.MediaType;
        response.ContentLength = count;
        response.Headers.ETag = Etag(payload.Sha256);
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "no-store";
        response.Headers[ReprDigest.Header] = ReprDigest.Of(payload.Sha256);
        if (range is not null)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.First}-{range.Last}/{payload.Size}");
        }

        content.Seek(first, SeekOrigin.Begin);
        await CopyAsync(response.Body, count, httpContext.RequestAborted);
    }

    public static string Etag(string sha256) => $"\"{sha256}\"";

    private async Task CopyAsync(Stream destination, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(BufferBytes, Math.Max(1, count))];
        while (count > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException("The stored payload is shorter than recorded.");
            }

            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            count -= read;
        }
    }
}
