using Microsoft.IdentityModel.Tokens;

namespace BriData.Identity.Discovery;

/// <summary>One usable public key of an issuer, with the algorithms it may serve and the rules prepared for it.</summary>
internal sealed record IssuerKey(string? KeyId, IReadOnlyList<string> Algorithms, TokenValidationParameters Rules);
