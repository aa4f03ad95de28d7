using BriData.Contracts;
using BriData.Contracts.Audit;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>
/// Streams an export. A refusal before the first byte is the answer; a failure on the way cuts the connection, so that a part is
/// never taken for the whole.
/// </summary>
internal sealed class ExportResult(IAsyncEnumerable<ExportPiece> pieces, string mediaType, string fileName) : IResult
{
    /// <summary>Pieces of at least 64 KiB in one message from the silo.</summary>
    private const int Batch = 4;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        await foreach (var piece in pieces.WithBatchSize(Batch).WithCancellation(httpContext.RequestAborted))
        {
            if (piece.Refusal is { } refusal)
            {
                await RefuseAsync(httpContext, refusal);
                return;
            }

            if (!response.HasStarted)
            {
                response.ContentType = mediaType;
                response.Headers.CacheControl = "no-store";
                response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename=\"{fileName}\"";
            }

            await response.Body.WriteAsync(piece.Bytes, httpContext.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext httpContext, Refusal refusal)
    {
        if (!httpContext.Response.HasStarted)
        {
            return new ProblemResult(refusal).ExecuteAsync(httpContext);
        }

        httpContext.Abort();
        return Task.CompletedTask;
    }
}
