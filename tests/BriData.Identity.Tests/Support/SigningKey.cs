using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BriData.Identity.Tests.Support;

/// <summary>A key pair of a test issuer, and tokens signed with it in whatever form a test needs.</summary>
internal sealed class SigningKey
{
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(string algorithm, string keyId, JsonObject jwk, Func<byte[], byte[]> sign)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Jwk = jwk;
        Jwk["kid"] = keyId;
        _sign = sign;
    }

    public string Algorithm { get; }

    public string KeyId { get; }

    /// <summary>The public key (RFC 7517); a test may change it before it is published.</summary>
    public JsonObject Jwk { get; }

    public static SigningKey Es256(string keyId)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["x"] = Encode(point.X), ["y"] = Encode(point.Y) };
        return new SigningKey("ES256", keyId, jwk, content => Locked(key, () => key.SignData(content, HashAlgorithmName.SHA256)));
    }

    public static SigningKey Rsa(string keyId, string algorithm = "RS256", int bits = 2048)
    {
        var key = RSA.Create(bits);
        var parameters = key.ExportParameters(false);
        var padding = algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Encode(parameters.Modulus), ["e"] = Encode(parameters.Exponent) };
        return new SigningKey(algorithm, keyId, jwk, content => Locked(key, () => key.SignData(content, HashAlgorithmName.SHA256, padding)));
    }

    /// <summary>HMAC with the bytes of another key's public part: the classic confusion of algorithms.</summary>
    public static SigningKey Hs256(string keyId, byte[] secret) =>
        new("HS256", keyId, new JsonObject { ["kty"] = "oct", ["k"] = Encode(secret) }, content => HMACSHA256.HashData(secret, content));

    public string Sign(JsonObject payload, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = KeyId, ["typ"] = "JWT" };
        changeHeader?.Invoke(header);
        return Sign(header.ToJsonString(), payload.ToJsonString());
    }

    public string Sign(string header, string payload)
    {
        var content = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{content}.{Encode(_sign(Encoding.ASCII.GetBytes(content)))}";
    }

    public static string Encode(byte[]? bytes) => Base64Url.EncodeToString(bytes);

    private static byte[] Locked(object gate, Func<byte[]> sign)
    {
        lock (gate)
        {
            return sign();
        }
    }
}
