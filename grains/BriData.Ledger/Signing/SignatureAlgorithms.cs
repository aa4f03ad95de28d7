namespace BriData.Ledger.Signing;

/// <summary>The two JWS algorithms (RFC 7518, 3.1; RFC 8037, 3.1) that acts are signed with. Each goes with one kind of key.</summary>
public static class SignatureAlgorithms
{
    /// <summary>Ed25519 (RFC 8032), key type <c>OKP</c>.</summary>
    public const string EdDsa = "EdDSA";

    /// <summary>ECDSA with P-256 and SHA-256, key type <c>EC</c>.</summary>
    public const string Es256 = "ES256";

    /// <summary>Length of a signature of either algorithm, in bytes.</summary>
    internal const int SignatureBytes = 64;

    /// <summary>Length of a coordinate, a seed, or a private scalar, in bytes.</summary>
    internal const int FieldBytes = 32;
}
