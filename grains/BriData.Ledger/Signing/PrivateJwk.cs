using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace BriData.Ledger.Signing;

/// <summary>A private key as its holder keeps it, JWK. Never sent anywhere. Safe for concurrent use.</summary>
public sealed class PrivateJwk : IDisposable
{
    private readonly JwkMembers _members;

    private PrivateJwk(JwkMembers members, PublicJwk publicKey)
    {
        _members = members;
        PublicKey = publicKey;
    }

    /// <summary>What the holder registers.</summary>
    public PublicJwk PublicKey { get; }

    /// <summary>A fresh key from the operating system's generator.</summary>
    /// <param name="algorithm">One of <see cref="SignatureAlgorithms"/>.</param>
    /// <exception cref="ArgumentException">The algorithm is another.</exception>
    public static PrivateJwk Create(string algorithm)
    {
        JwkMembers members;
        switch (algorithm)
        {
            case SignatureAlgorithms.EdDsa:
                var seed = RandomNumberGenerator.GetBytes(SignatureAlgorithms.FieldBytes);
                members = new JwkMembers(algorithm, PublicOf(seed), null, seed, null);
                break;
            case SignatureAlgorithms.Es256:
                using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
                    members = new JwkMembers(algorithm, parameters.Q.X!, parameters.Q.Y, parameters.D, null);
                }

                break;
            default:
                throw new ArgumentException($"'{algorithm}' is neither {SignatureAlgorithms.EdDsa} nor {SignatureAlgorithms.Es256}.", nameof(algorithm));
        }

        return PublicJwk.TryCreate(members, out var publicKey, out var problem)
            ? new PrivateJwk(members, publicKey)
            : throw new InvalidOperationException(problem);
    }

    /// <summary>Reads a private key and makes sure that its two halves belong together.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out PrivateJwk? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        if (!JwkMembers.TryRead(utf8Json, out var members, out problem) || !PublicJwk.TryCreate(members, out var publicKey, out problem))
        {
            return false;
        }

        if (members.D is null)
        {
            problem = "This is a public key; signing needs the private one.";
            return false;
        }

        var read = new PrivateJwk(members, publicKey);
        if (!read.IsWhole())
        {
            read.Dispose();
            problem = "The private part does not belong to the public key.";
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>The private JWK, canonical JSON with <c>alg</c> and <c>kid</c>.</summary>
    public byte[] ToJson()
    {
        var (crv, kty) = _members.Y is null ? ("Ed25519", "OKP") : ("P-256", "EC");
        var y = _members.Y is null ? "" : $",\"y\":\"{Base64UrlText.Write(_members.Y)}\"";
        return Encoding.ASCII.GetBytes(
            $$"""{"alg":"{{_members.Algorithm}}","crv":"{{crv}}","d":"{{Base64UrlText.Write(_members.D)}}","kid":"{{PublicKey.KeyId}}","kty":"{{kty}}","x":"{{Base64UrlText.Write(_members.X)}}"{{y}}}""");
    }

    /// <summary>Signs; 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (_members.Y is null)
        {
            using var key = Key.Import(SignatureAlgorithm.Ed25519, _members.D, KeyBlobFormat.RawPrivateKey);
            return SignatureAlgorithm.Ed25519.Sign(key, data);
        }

        using var ecdsa = ECDsa.Create(PublicJwk.Parameters(_members));
        return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Erases the key from memory.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_members.D);

    private static byte[] PublicOf(byte[] seed)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    private bool IsWhole()
    {
        var probe = "bridata"u8;
        try
        {
            return PublicKey.Verify(probe, Sign(probe));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
