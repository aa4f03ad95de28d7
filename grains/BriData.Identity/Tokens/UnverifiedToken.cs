using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BriData.Identity.Tokens;

/// <summary>
/// A token as it claims to be: nothing in it may be believed until its signature was verified.
/// Read strictly, so that no two readers can understand it differently: no padding, no white space, no repeated member.
/// </summary>
internal sealed class UnverifiedToken : IDisposable
{
    private static readonly SearchValues<char> CompactCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonDocument _payload;

    private UnverifiedToken(TokenHeader header, JsonDocument payload, string issuer, string country)
    {
        _payload = payload;
        Header = header;
        Issuer = issuer;
        Country = country;
    }

    public TokenHeader Header { get; }

    public string Issuer { get; }

    public string Country { get; }

    public JsonElement Payload => _payload.RootElement;

    /// <summary>Reads the parts; false with the reason if this is not a token of an accepted form.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out UnverifiedToken? unverified, [NotNullWhen(false)] out CallerFailure? failure)
    {
        unverified = null;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last == first || token.AsSpan(first + 1, last - first - 1).Contains('.')
            || token.AsSpan().ContainsAnyExcept(CompactCharacters))
        {
            failure = CallerFailure.NotCompact;
            return false;
        }

        using var header = Decode(token.AsSpan(0, first));
        if (header is null)
        {
            failure = CallerFailure.BadHeader;
            return false;
        }

        if (!TokenHeader.TryRead(header.RootElement, last == token.Length - 1, out var read, out failure))
        {
            return false;
        }

        var payload = Decode(token.AsSpan(first + 1, last - first - 1));
        if (payload is null)
        {
            failure = CallerFailure.BadPayload;
            return false;
        }

        failure = ClaimsReader.ReadOrigin(payload.RootElement, out var issuer, out var country);
        if (failure is not null)
        {
            payload.Dispose();
            return false;
        }

        unverified = new UnverifiedToken(read, payload, issuer, country);
        return true;
    }

    public void Dispose() => _payload.Dispose();

    private static JsonDocument? Decode(ReadOnlySpan<char> part)
    {
        // Not pooled: the document keeps the bytes.
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var length) != OperationStatus.Done)
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
