namespace BriData.Identity;

/// <summary>
/// Who a verified token says is calling. Immutable; one instance is shared by all calls with the same token.
/// </summary>
/// <remarks>
/// This is what the country's issuer vouched for when the token was signed, not the whole truth:
/// suspension of the agency, the issuer or the country is state of the platform and must be checked by
/// whoever acts on the identity, in its own state, at the time of the act. A token that was verified
/// before a suspension still gives an identity here until it expires or is dropped with
/// <see cref="TokenVerifier.Invalidate"/>.
/// </remarks>
/// <param name="Country">ISO 3166-1 alpha-2, upper case. The country that registered <paramref name="Issuer"/>.</param>
/// <param name="Agency">Qualified agency, such as <c>KZ/customs</c>, always of <paramref name="Country"/>; null if the token names none.</param>
/// <param name="Roles">The roles the token carries; <see cref="CallerRoles.Agency"/> only together with <paramref name="Agency"/>.</param>
/// <param name="Subject">The <c>sub</c> claim: unique within the issuer only (RFC 7519, 4.1.2). Personal data; keep it out of the ledger in the clear.</param>
/// <param name="Issuer">The <c>iss</c> claim, exactly as registered.</param>
/// <param name="ExpiresAt">The <c>exp</c> claim, UTC, without clock skew.</param>
public sealed record CallerIdentity(
    string Country,
    string? Agency,
    CallerRoles Roles,
    string Subject,
    string Issuer,
    DateTimeOffset ExpiresAt);
