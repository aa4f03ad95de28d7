namespace BriData.Identity;

/// <summary>An issuer that a country vouches for. It speaks for that country only.</summary>
/// <param name="Issuer">Compared exactly with <c>iss</c> and with the <c>issuer</c> of the discovery document (OIDC Discovery 1.0, 4.3).</param>
/// <param name="MetadataAddress">
/// URL of the discovery document, usually <c>{issuer}/.well-known/openid-configuration</c>; https, or http on loopback
/// where <see cref="IdentityOptions.AllowInsecureLoopback"/> is set.
/// </param>
public sealed record RegisteredIssuer(string Issuer, string MetadataAddress);
