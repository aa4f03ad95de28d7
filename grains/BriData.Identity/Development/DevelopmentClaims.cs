using System.Text.Json.Serialization;

namespace BriData.Identity.Development;

/// <summary>The payload of a development token. Times are seconds since 1970 (RFC 7519, NumericDate).</summary>
internal sealed record DevelopmentClaims(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("country")] string Country,
    [property: JsonPropertyName("agency")] string? Agency,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("nbf")] long NotBefore,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("jti")] string Id);
