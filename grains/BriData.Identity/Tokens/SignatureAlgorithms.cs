using System.Text.Json;

namespace BriData.Identity.Tokens;

/// <summary>
/// The accepted algorithms (RFC 8725, 3.1 and 3.2): asymmetric only. EdDSA is not among them because the validating
/// library has no implementation of it.
/// </summary>
internal static class SignatureAlgorithms
{
    public const string Rs256 = "RS256";
    public const string Ps256 = "PS256";
    public const string Es256 = "ES256";

    /// <summary>The algorithms that a key of type RSA may serve.</summary>
    public static readonly string[] Rsa = [Rs256, Ps256];

    /// <summary>The algorithm that a key on P-256 serves.</summary>
    public static readonly string[] P256 = [Es256];

    /// <summary>The accepted algorithm that the value names, exactly; null if there is none.</summary>
    public static string? Find(JsonElement value) =>
        value.ValueEquals(Es256) ? Es256 : value.ValueEquals(Rs256) ? Rs256 : value.ValueEquals(Ps256) ? Ps256 : null;
}
