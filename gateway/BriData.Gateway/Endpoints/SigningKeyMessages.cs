using System.Text.Json.Serialization;
using BriData.Contracts;
using BriData.Gateway.Http;

namespace BriData.Gateway.Endpoints;

/// <summary>An act that has no content but its signature.</summary>
internal sealed record SignatureRequest
{
    /// <summary>The act as a compact JWS (RFC 7515), type <c>bridata-act+jws</c>; needed once the country has a key.</summary>
    public string? Signature { get; init; }
}

/// <summary>An act on an agreement with its reason.</summary>
/// <param name="Reason">For the record; kept beside the ledger, not in it. At most 2,000 characters.</param>
/// <param name="Signature">The act as a compact JWS (RFC 7515), type <c>bridata-act+jws</c>; needed once the country has a key.</param>
internal sealed record SignedReasonRequest(string? Reason = null, string? Signature = null) : IRefusable
{
    [JsonIgnore]
    public Refusal? Refusal => new ReasonRequest(Reason).Refusal;
}

/// <summary>A key with which the country's administrators will sign.</summary>
/// <param name="Jwk">The public key as JWK (RFC 7517): Ed25519 (RFC 8037) or P-256.</param>
/// <param name="Proof">The act of registration signed with the new key, a compact JWS.</param>
/// <param name="ValidFrom">It does not count before; left out for no such time.</param>
/// <param name="ValidUntil">It does not count from here on; left out while open-ended.</param>
/// <param name="Signature">The same act signed with a key that counts now; needed when there is one.</param>
internal sealed record RegisterSigningKeyRequest(
    JsonText Jwk, string Proof, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null, string? Signature = null);

/// <param name="At">Since when nothing signed with the key is to be trusted: between its registration and now. Left out for now.</param>
/// <param name="Reason">For the record; kept beside the ledger, not in it. At most 2,000 characters.</param>
internal sealed record RevokeSigningKeyRequest(DateTimeOffset? At = null, string? Reason = null) : IRefusable
{
    [JsonIgnore]
    public Refusal? Refusal => new ReasonRequest(Reason).Refusal;
}
