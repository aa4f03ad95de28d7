using System.IO.Compression;
using BriData.Gateway.OpenApi;
using BriData.Ledger;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>
/// Answers whose content never changes under its address, for the caller's own cache only: others may not be allowed to see
/// it. With an ETag made of the content.
/// </summary>
internal static class Immutable
{
    public const string MediaType = "application/octet-stream";

    /// <summary>For the description of a route.</summary>
    public static readonly HeaderMetadata Condition = new("If-None-Match", "The ETag of what the caller holds; answered with 304 when it still is the content.");

    private const string Gzip = "gzip";

    // A partial tile never changes either, but a full one will take its place: no cache need keep it for a year.
    private const string Final = "private, max-age=31536000, immutable";
    private const string Superseded = "private, max-age=3600, immutable";

    /// <summary>Bytes at hand.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="final">Whether nothing will ever take the place of this address.</param>
    public static IResult Bytes(HttpContext context, ReadOnlyMemory<byte> content, bool final)
    {
        context.Response.Headers.CacheControl = final ? Final : Superseded;
        return TypedResults.Bytes(content, MediaType, entityTag: Tag(Hash256.OfSha256(content.Span)));
    }

    /// <summary>Content that is written piece by piece, compressed when the request accepts it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="identity">Hash that stands for the content.</param>
    /// <param name="final">Whether nothing will ever take the place of this address.</param>
    public static IResult Stream(HttpContext context, Func<Stream, CancellationToken, Task> write, Hash256 identity, bool final)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = final ? Final : Superseded;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptsGzip(context.Request))
        {
            return TypedResults.Stream(body => write(body, context.RequestAborted), MediaType, entityTag: Tag(identity));
        }

        headers.ContentEncoding = Gzip;
        return TypedResults.Stream(
            async body =>
            {
                await using var zipped = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
                await write(zipped, context.RequestAborted);
            },
            MediaType,
            entityTag: Tag(identity, "-" + Gzip));
    }

    private static EntityTagHeaderValue Tag(Hash256 identity, string suffix = "") => new($"\"{identity}{suffix}\"");

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
}
