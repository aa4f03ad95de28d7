using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>
/// Makes tokens that the development endpoint would not issue, with the very key of a country's development issuer, read from
/// the data directory.
/// </summary>
internal sealed class DevelopmentKeys(GatewayProcess gateway)
{
    public long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The claims of a good token.</summary>
    public JsonObject Claims(string country, string? agency, string role) => new()
    {
        ["iss"] = Issuer(country),
        ["aud"] = "bridata",
        ["sub"] = "crafted",
        ["country"] = country,
        ["agency"] = agency,
        ["roles"] = new JsonArray(role),
        ["iat"] = Now - 60,
        ["nbf"] = Now - 60,
        ["exp"] = Now + 3600,
    };

    /// <summary>Signed with ES256 and the key that the country's development issuer signs with.</summary>
    public string Sign(string country, JsonObject claims)
    {
        using var key = Load(country, out var keyId);
        var content = Content("ES256", keyId, claims);
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Signed with a key that nobody has published.</summary>
    public static string SignWithStrangersKey(JsonObject claims, string keyId = "stranger")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var content = Content("ES256", keyId, claims);
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    public static string Unsigned(JsonObject claims) => Content("none", "none", claims) + ".";

    /// <summary>The confusion of algorithms: HMAC with the public key as secret.</summary>
    public string SignWithPublicKey(string country, JsonObject claims)
    {
        using var key = Load(country, out var keyId);
        var content = Content("HS256", keyId, claims);
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Content(string algorithm, string keyId, JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = keyId, ["typ"] = "at+jwt" };
        return $"{Encode(header)}.{Encode(claims)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "The issuer's path is in lower case.")]
    private static string Lower(string country) => country.ToLowerInvariant();

    private string Issuer(string country) => new Uri(gateway.Address, $"dev/issuers/{Lower(country)}").ToString();

    private ECDsa Load(string country, out string keyId)
    {
        var file = Path.Combine(gateway.DataDirectory, "keys", "dev-issuers", Lower(country) + ".json");
        using var stored = JsonDocument.Parse(File.ReadAllBytes(file));
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored.RootElement.GetProperty("keys")[0].GetProperty("pkcs8").GetBytesFromBase64(), out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        keyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        return key;
    }
}
