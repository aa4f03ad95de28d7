using BriData.Contracts.Transfers;

namespace BriData.Gateway.Http;

/// <summary>A <c>Range</c> header with one byte range (RFC 9110 section 14.2); several ranges are answered with the whole.</summary>
internal sealed record SingleRange(long First, long Last, bool IsSatisfiable)
{
    /// <summary>The range asked of a payload; null for the whole, which is also the answer to an If-Range of something else.</summary>
    public static SingleRange? Of(HttpRequest request, PayloadView? payload)
    {
        var condition = request.Headers.IfRange;
        return condition.Count == 0 || (payload is not null && condition == PayloadResult.Etag(payload.Sha256))
            ? Of(request, payload?.Size ?? 0)
            : null;
    }

    public static SingleRange? Of(HttpRequest request, long size)
    {
        if (request.GetTypedHeaders().Range is not { Ranges.Count: 1 } header
            || !header.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var range = header.Ranges.Single();
        var (first, last) = range switch
        {
            { From: { } from, To: var to } => (from, Math.Min(to ?? long.MaxValue, size - 1)),
            { To: { } suffix } => (Math.Max(0, size - suffix), size - 1),
            _ => (0, size - 1),
        };
        return new SingleRange(first, last, first <= last && first < size);
    }

    public ByteRange ToContract() => new(First, Last);
}
