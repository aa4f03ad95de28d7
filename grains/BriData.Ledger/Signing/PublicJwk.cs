using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace BriData.Ledger.Signing;

/// <summary>
/// A public key that verifies signed acts: Ed25519 (RFC 8037) or P-256 (RFC 7518, 6.2), as JWK. Its name is its thumbprint
/// (RFC 7638, SHA-256, base64url). Immutable.
/// </summary>
public sealed class PublicJwk
{
    private readonly JwkMembers _members;

    private PublicJwk(JwkMembers members)
    {
        _members = members;
        var (x, y) = (Base64UrlText.Write(members.X), members.Y is null ? null : Base64UrlText.Write(members.Y));
        Json = Encoding.ASCII.GetBytes(y is null
            ? $$"""{"crv":"Ed25519","kty":"OKP","x":"{{x}}"}"""
            : $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""");
        KeyId = Base64UrlText.Write(SHA256.HashData(Json.Span));
    }

    /// <summary>One of <see cref="SignatureAlgorithms"/>; a signature of another algorithm is none of this key.</summary>
    public string Algorithm => _members.Algorithm;

    /// <summary>The thumbprint, 43 characters.</summary>
    public string KeyId { get; }

    /// <summary>The required members alone, canonical (RFC 8785); what the thumbprint is taken of.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Reads a public key. <c>alg</c>, <c>use</c> and <c>kid</c> may stand there and must then fit; nothing else may.</summary>
    /// <param name="utf8Json">The JWK.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Otherwise one English sentence that says what is wrong.</param>
    public static bool TryParse(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out PublicJwk? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        if (!JwkMembers.TryRead(utf8Json, out var members, out problem))
        {
            return false;
        }

        if (members.D is not null)
        {
            problem = "This is a private key. It must never leave its holder: make another one.";
            return false;
        }

        return TryCreate(members, out key, out problem);
    }

    /// <summary>Whether these 64 bytes are the key's signature over the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureAlgorithms.SignatureBytes)
        {
            return false;
        }

        if (_members.Y is null)
        {
            return SignatureAlgorithm.Ed25519.Verify(PublicKey.Import(SignatureAlgorithm.Ed25519, _members.X, KeyBlobFormat.RawPublicKey), data, signature);
        }

        using var ecdsa = ECDsa.Create(Parameters(_members));
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The public side of a key whose members were read.</summary>
    internal static bool TryCreate(JwkMembers members, [NotNullWhen(true)] out PublicJwk? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        var made = new PublicJwk(members with { D = null });
        problem = !made.IsOnCurve() ? "The key is no point of its curve."
            : members.KeyId is { } stated && stated != made.KeyId ? $"kid is the key's thumbprint (RFC 7638), here {made.KeyId}."
            : null;
        key = problem is null ? made : null;
        return problem is null;
    }

    internal static ECParameters Parameters(JwkMembers members) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = members.X, Y = members.Y },
        D = members.D,
    };

    private bool IsOnCurve()
    {
        if (_members.Y is null)
        {
            return PublicKey.TryImport(SignatureAlgorithm.Ed25519, _members.X, KeyBlobFormat.RawPublicKey, out var key) && key is not null;
        }

        try
        {
            using var ecdsa = ECDsa.Create(Parameters(_members));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
