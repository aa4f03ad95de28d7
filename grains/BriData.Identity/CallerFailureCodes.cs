namespace BriData.Identity;

/// <summary>Stable codes of refusals. All mean 401 at the edge, except <see cref="IssuerUnavailable"/>, which means 503.</summary>
public static class CallerFailureCodes
{
    /// <summary>No token was given.</summary>
    public const string TokenMissing = "token_missing";

    /// <summary>Not a compact signed JWT of an accepted size and type (RFC 7515, RFC 7519).</summary>
    public const string TokenMalformed = "token_malformed";

    /// <summary><c>alg</c> is <c>none</c>, or the signature is empty (RFC 8725, 3.2).</summary>
    public const string TokenUnsigned = "token_unsigned";

    /// <summary>The algorithm is not RS256, PS256 or ES256 (RFC 8725, 3.1).</summary>
    public const string TokenAlgorithm = "token_algorithm";

    /// <summary>The time is at or after <c>exp</c> plus clock skew (RFC 7519, 4.1.4).</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The time is before <c>nbf</c> less clock skew (RFC 7519, 4.1.5).</summary>
    public const string TokenNotYetValid = "token_not_yet_valid";

    /// <summary>No key that the issuer publishes verifies the signature.</summary>
    public const string TokenSignature = "token_signature";

    /// <summary>The country named by the token has not registered the token's issuer.</summary>
    public const string IssuerNotRegistered = "issuer_not_registered";

    /// <summary>The register of issuers, or the issuer's published keys, cannot be read at present. Worth a retry.</summary>
    public const string IssuerUnavailable = "issuer_unavailable";

    /// <summary>A required claim is absent, or a claim has a value that is not accepted.</summary>
    public const string ClaimsInvalid = "claims_invalid";

    /// <summary>The token is for another audience (RFC 7519, 4.1.3).</summary>
    public const string AudienceInvalid = "audience_invalid";
}
