using System.Text.Json.Nodes;

namespace BriData.Identity.Development;

/// <summary>The two public documents of a development issuer, as JSON.</summary>
internal static class DevelopmentDocuments
{
    public const string DiscoveryPath = "/.well-known/openid-configuration";
    public const string KeySetPath = "/jwks.json";

    public static string KeySet(IEnumerable<DevelopmentKey> keys) => new JsonObject
    {
        ["keys"] = new JsonArray([.. keys.Select(static key => new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = key.KeyId,
            ["x"] = key.X,
            ["y"] = key.Y,
        })]),
    }.ToJsonString();

    public static string Discovery(string issuer) => new JsonObject
    {
        ["issuer"] = issuer,
        ["jwks_uri"] = issuer + KeySetPath,
        ["response_types_supported"] = new JsonArray("none"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        ["claims_supported"] = new JsonArray("iss", "aud", "sub", "country", "agency", "roles", "iat", "nbf", "exp", "jti"),
    }.ToJsonString();
}
