using BriData.Contracts.Audit;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>Streams an export. A failure on the way cuts the connection, so that a part is never taken for the whole.</summary>
internal sealed class ExportResult(IAsyncEnumerable<ExportPiece> pieces, string mediaType, string fileName) : IResult
{
    /// <summary>Pieces of at least 64 KiB in one message from the silo.</summary>
    private const int Batch = 4;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = mediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename=\"{fileName}\"";
        await foreach (var piece in pieces.WithBatchSize(Batch).WithCancellation(httpContext.RequestAborted))
        {
            await response.Body.WriteAsync(piece.Bytes, httpContext.RequestAborted);
        }
    }
}
