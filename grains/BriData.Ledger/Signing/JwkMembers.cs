using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BriData.Ledger.Signing;

/// <summary>The members of a JWK (RFC 7517) of one of the two kinds, read strictly: no repeated, unknown or mistyped member.</summary>
/// <param name="Algorithm">The one algorithm that goes with the key.</param>
/// <param name="X">Public key of an <c>OKP</c> key, or x coordinate of an <c>EC</c> key.</param>
/// <param name="Y">The y coordinate; null for an <c>OKP</c> key.</param>
/// <param name="D">The private part; null for a public key.</param>
/// <param name="KeyId">The <c>kid</c> as stated, or null.</param>
internal sealed record JwkMembers(string Algorithm, byte[] X, byte[]? Y, byte[]? D, string? KeyId)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static bool TryRead(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out JwkMembers? members, [NotNullWhen(false)] out string? problem)
    {
        members = null;
        Dictionary<string, string> texts;
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.EnumerateObject().Any(m => m.Value.ValueKind != JsonValueKind.String))
            {
                problem = "A key is a JSON object whose members are strings.";
                return false;
            }

            texts = document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "The key is not JSON.";
            return false;
        }

        return TryRead(texts, out members, out problem);
    }

    private static bool TryRead(Dictionary<string, string> texts, [NotNullWhen(true)] out JwkMembers? members, [NotNullWhen(false)] out string? problem)
    {
        members = null;
        var algorithm = (texts.GetValueOrDefault("kty"), texts.GetValueOrDefault("crv")) switch
        {
            ("OKP", "Ed25519") => SignatureAlgorithms.EdDsa,
            ("EC", "P-256") => SignatureAlgorithms.Es256,
            _ => null,
        };
        if (algorithm is null)
        {
            problem = "A key is of type OKP with curve Ed25519, or of type EC with curve P-256.";
            return false;
        }

        var isEc = algorithm == SignatureAlgorithms.Es256;
        if (texts.Keys.FirstOrDefault(n => n is not ("kty" or "crv" or "x" or "d" or "alg" or "kid" or "use") && !(isEc && n == "y")) is { } unknown)
        {
            problem = $"'{unknown}' is not a member of such a key.";
            return false;
        }

        if (texts.GetValueOrDefault("alg", algorithm) != algorithm || texts.GetValueOrDefault("use", "sig") != "sig")
        {
            problem = $"The key is for signing with {algorithm}; alg or use says otherwise.";
            return false;
        }

        if (!TryField(texts, "x", out var x) || x is null || !TryField(texts, "y", out var y) || isEc != (y is not null) || !TryField(texts, "d", out var d))
        {
            problem = $"Each of {(isEc ? "x and y" : "x")} is {SignatureAlgorithms.FieldBytes} bytes in base64url without padding.";
            return false;
        }

        members = new JwkMembers(algorithm, x, y, d, texts.GetValueOrDefault("kid"));
        problem = null;
        return true;
    }

    /// <summary>False for a member that is there and is not a field of the right length; null for one that is not there.</summary>
    private static bool TryField(Dictionary<string, string> texts, string name, out byte[]? bytes)
    {
        bytes = null;
        return !texts.TryGetValue(name, out var text) || (Base64UrlText.TryRead(text, out bytes) && bytes.Length == SignatureAlgorithms.FieldBytes);
    }
}
