using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>Reads a whole request body within a limit.</summary>
internal static class RequestBody
{
    public static async ValueTask<(byte[]? Body, Refusal? Refusal)> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return (null, TooLarge(limit));
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                return (null, TooLarge(limit));
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return (body, null);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>SHA-256 over method, path and body, lower hex.</summary>
    public static string Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var route = $"{request.Method} {request.Path.Value}\n";
        var size = Encoding.UTF8.GetByteCount(route);
        var buffer = ArrayPool<byte>.Shared.Rent(size + body.Length);
        try
        {
            Encoding.UTF8.GetBytes(route, buffer);
            body.CopyTo(buffer.AsSpan(size));
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, size + body.Length), hash);
            return Convert.ToHexStringLower(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static Refusal TooLarge(int limit) => new(ErrorCodes.BodyTooLarge, $"The body has more than {limit} bytes.");
}
