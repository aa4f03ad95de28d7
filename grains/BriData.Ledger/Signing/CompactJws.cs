using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace BriData.Ledger.Signing;

/// <summary>
/// A JSON web signature in the compact form (RFC 7515, 7.1), read strictly so that no two readers can understand it
/// differently. The header holds <c>alg</c> and may hold <c>kid</c> and <c>typ</c>; anything else is refused, above all
/// <c>crit</c> and keys that a signature would bring along (RFC 8725, 3.10). Nothing in it may be believed before
/// <see cref="Verify"/>.
/// </summary>
public sealed class CompactJws
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 8_192;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly byte[] _signingInput;
    private readonly byte[] _signature;

    private CompactJws(string signingInput, byte[] signature, byte[] payload, Dictionary<string, string> header)
    {
        _signingInput = Encoding.ASCII.GetBytes(signingInput);
        _signature = signature;
        Payload = payload;
        Algorithm = header["alg"];
        KeyId = header.GetValueOrDefault("kid");
        Type = header.GetValueOrDefault("typ");
    }

    /// <summary>One of <see cref="SignatureAlgorithms"/>.</summary>
    public string Algorithm { get; }

    /// <summary>The key that it says it is by.</summary>
    public string? KeyId { get; }

    /// <summary>What it says it is.</summary>
    public string? Type { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Signs a payload, naming the key and what the payload is.</summary>
    public static string Sign(PrivateJwk key, string type, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = Encoding.UTF8.GetBytes(
            $$"""{"alg":"{{key.PublicKey.Algorithm}}","kid":"{{key.PublicKey.KeyId}}","typ":"{{JsonEncodedText.Encode(type)}}"}""");
        var input = $"{Base64UrlText.Write(header)}.{Base64UrlText.Write(payload)}";
        return $"{input}.{Base64UrlText.Write(key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <param name="text">The compact form.</param>
    /// <param name="jws">What was read; not verified.</param>
    /// <param name="problem">Otherwise one English sentence that says what is wrong.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CompactJws? jws, [NotNullWhen(false)] out string? problem)
    {
        jws = null;
        problem = null;
        if (text is not { Length: > 0 and <= MaxLength } || text.Split('.') is not [var head, var body, var tail])
        {
            problem = $"A signature is a JWS in compact form: three parts, at most {MaxLength} characters.";
        }
        else if (!Base64UrlText.TryRead(head, out var header) || !Base64UrlText.TryRead(body, out var payload)
            || !Base64UrlText.TryRead(tail, out var signature) || signature.Length != SignatureAlgorithms.SignatureBytes)
        {
            problem = "The parts of a JWS are base64url without padding, the last one of 64 bytes.";
        }
        else if (TryHeader(header, out var members, out problem))
        {
            jws = new CompactJws($"{head}.{body}", signature, payload, members);
        }

        return problem is null;
    }

    /// <summary>Whether it is this key's signature, by the key's own algorithm, over header and payload.</summary>
    public bool Verify(PublicJwk key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Algorithm == key.Algorithm && (KeyId is null || KeyId == key.KeyId) && key.Verify(_signingInput, _signature);
    }

    private static bool TryHeader(byte[] utf8Json, [NotNullWhen(true)] out Dictionary<string, string>? members, [NotNullWhen(false)] out string? problem)
    {
        members = null;
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || document.RootElement.EnumerateObject().Any(m => m.Name is not ("alg" or "kid" or "typ") || m.Value.ValueKind != JsonValueKind.String))
            {
                problem = "The header of a JWS holds alg, kid and typ, and nothing else here.";
                return false;
            }

            members = document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "The header of the JWS is not JSON.";
            return false;
        }

        if (members.GetValueOrDefault("alg") is not (SignatureAlgorithms.EdDsa or SignatureAlgorithms.Es256))
        {
            problem = $"The algorithm is {SignatureAlgorithms.EdDsa} or {SignatureAlgorithms.Es256}.";
        }

        return problem is null;
    }
}
