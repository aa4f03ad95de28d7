using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BriData.Identity.Tokens;

/// <summary>
/// What is used of a JOSE header (RFC 7515, 4.1). Keys or addresses of keys in the header (<c>jwk</c>, <c>jku</c>,
/// <c>x5c</c>, <c>x5u</c>) are never used (RFC 8725, 3.10).
/// </summary>
internal readonly record struct TokenHeader(string Algorithm, string? KeyId)
{
    /// <summary>Applies the rules on algorithm, critical extensions and type; in that order.</summary>
    public static bool TryRead(JsonElement header, bool emptySignature, out TokenHeader read, [NotNullWhen(false)] out CallerFailure? failure)
    {
        read = default;
        failure = null;
        if (!header.TryGetProperty("alg", out var alg) || alg.ValueKind != JsonValueKind.String)
        {
            failure = CallerFailure.BadHeader;
            return false;
        }

        var algorithm = SignatureAlgorithms.Find(alg);
        if (emptySignature || string.Equals(alg.GetString(), "none", StringComparison.OrdinalIgnoreCase))
        {
            failure = CallerFailure.Unsigned;
        }
        else if (algorithm is null)
        {
            failure = CallerFailure.Algorithm;
        }
        else if (header.TryGetProperty("crit", out _))
        {
            failure = CallerFailure.Critical;
        }
        else if (!HasAcceptedType(header))
        {
            failure = CallerFailure.WrongType;
        }
        else if (!TryReadKeyId(header, out var keyId))
        {
            failure = CallerFailure.BadHeader;
        }
        else
        {
            read = new TokenHeader(algorithm, keyId);
        }

        return failure is null;
    }

    // RFC 8725, 3.11: a token made for another use (log-out, proof of possession, security event) says so in "typ".
    private static bool HasAcceptedType(JsonElement header)
    {
        if (!header.TryGetProperty("typ", out var typ))
        {
            return true;
        }

        return typ.ValueKind == JsonValueKind.String
            && typ.GetString() is { } type
            && (type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
                || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
                || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryReadKeyId(JsonElement header, out string? keyId)
    {
        keyId = null;
        if (!header.TryGetProperty("kid", out var kid))
        {
            return true;
        }

        keyId = kid.ValueKind == JsonValueKind.String ? kid.GetString() : null;
        return !string.IsNullOrEmpty(keyId);
    }
}
