namespace BriData.Identity;

/// <summary>Why a caller was not recognised.</summary>
/// <param name="Code">One of <see cref="CallerFailureCodes"/>.</param>
/// <param name="Text">English, fixed wording: never holds any part of the token, so it is safe to return and to log.</param>
public sealed record CallerFailure(string Code, string Text)
{
    internal static readonly CallerFailure Missing = new(CallerFailureCodes.TokenMissing, "A bearer token is required.");
    internal static readonly CallerFailure TooLong = new(CallerFailureCodes.TokenMalformed, "The token is longer than is accepted.");
    internal static readonly CallerFailure NotCompact = new(CallerFailureCodes.TokenMalformed, "The token is not a signed JWT in compact form.");
    internal static readonly CallerFailure BadHeader = new(CallerFailureCodes.TokenMalformed, "The token's header cannot be read.");
    internal static readonly CallerFailure BadPayload = new(CallerFailureCodes.TokenMalformed, "The token's payload cannot be read.");
    internal static readonly CallerFailure Critical = new(CallerFailureCodes.TokenMalformed, "The token demands header extensions that are not supported.");
    internal static readonly CallerFailure WrongType = new(CallerFailureCodes.TokenMalformed, "The token's type must be JWT or at+jwt.");
    internal static readonly CallerFailure Unsigned = new(CallerFailureCodes.TokenUnsigned, "The token is not signed.");
    internal static readonly CallerFailure Algorithm = new(CallerFailureCodes.TokenAlgorithm, "The token must be signed with RS256, PS256 or ES256.");
    internal static readonly CallerFailure Expired = new(CallerFailureCodes.TokenExpired, "The token has expired.");
    internal static readonly CallerFailure NotYetValid = new(CallerFailureCodes.TokenNotYetValid, "The token is not valid yet.");
    internal static readonly CallerFailure Signature = new(CallerFailureCodes.TokenSignature, "The token's signature is not valid.");
    internal static readonly CallerFailure UnknownKey = new(CallerFailureCodes.TokenSignature, "The token is signed with a key that its issuer does not publish.");
    internal static readonly CallerFailure NotRegistered = new(CallerFailureCodes.IssuerNotRegistered, "The token's country has not registered the token's issuer.");
    internal static readonly CallerFailure RegistryUnavailable = new(CallerFailureCodes.IssuerUnavailable, "The register of issuers cannot be read at present.");
    internal static readonly CallerFailure Unavailable = new(CallerFailureCodes.IssuerUnavailable, "The keys of the token's issuer cannot be fetched at present.");
    internal static readonly CallerFailure Audience = new(CallerFailureCodes.AudienceInvalid, "The token is not meant for this service.");
    internal static readonly CallerFailure BadIssuer = Claims("The claim 'iss' is required and must be a string.");
    internal static readonly CallerFailure BadCountry = Claims("The claim 'country' is required and must be two upper-case letters (ISO 3166-1 alpha-2).");
    internal static readonly CallerFailure BadSubject = Claims("The claim 'sub' is required and must be 1 to 255 printable characters.");
    internal static readonly CallerFailure BadAgency = Claims("The claim 'agency' must be a slug such as 'customs', or 'KZ/customs'.");
    internal static readonly CallerFailure ForeignAgency = Claims("The claim 'agency' names an agency of another country.");
    internal static readonly CallerFailure AgencyRequired = Claims("The role 'agency' needs the claim 'agency'.");
    internal static readonly CallerFailure BadRoles = Claims("The claim 'roles' may hold only 'agency', 'approver', 'auditor' and 'admin'.");
    internal static readonly CallerFailure BadTimes = Claims("The claim 'exp' is required; 'exp', 'nbf' and 'iat' must be numbers.");
    internal static readonly CallerFailure TooLongLived = Claims("The token is valid for longer than is accepted.");

    private static CallerFailure Claims(string text) => new(CallerFailureCodes.ClaimsInvalid, text);
}
