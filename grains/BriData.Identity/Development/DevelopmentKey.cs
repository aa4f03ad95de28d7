using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BriData.Identity.Development;

/// <summary>One ES256 key. Not safe for concurrent use; the issuer's lock guards it.</summary>
internal sealed class DevelopmentKey
{
    private readonly ECDsa _key;

    private DevelopmentKey(ECDsa key, DateTimeOffset createdAt, DateTimeOffset? retiredAt)
    {
        _key = key;
        CreatedAt = createdAt;
        RetiredAt = retiredAt;
        var point = key.ExportParameters(includePrivateParameters: false);
        if (point.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("The key is not on P-256.");
        }

        X = Base64Url.EncodeToString(point.Q.X);
        Y = Base64Url.EncodeToString(point.Q.Y);

        // RFC 7638, 3: the thumbprint over the required members in this order.
        KeyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
        EncodedHeader = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{KeyId}}","typ":"at+jwt"}"""));
    }

    public string KeyId { get; }

    public string X { get; }

    public string Y { get; }

    public string EncodedHeader { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the key stopped signing; null while it signs.</summary>
    public DateTimeOffset? RetiredAt { get; }

    public static DevelopmentKey Generate(DateTimeOffset now) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), now, null);

    public static DevelopmentKey Load(StoredDevelopmentKeys.Key stored)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored.Pkcs8, out _);
        return new DevelopmentKey(key, stored.CreatedAt, stored.RetiredAt);
    }

    public StoredDevelopmentKeys.Key Store() => new(_key.ExportPkcs8PrivateKey(), CreatedAt, RetiredAt);

    public DevelopmentKey Retired(DateTimeOffset now) => new(_key, CreatedAt, now);

    public byte[] Sign(byte[] content) => _key.SignData(content, HashAlgorithmName.SHA256);
}
