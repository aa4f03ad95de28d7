namespace BriData.Contracts;

/// <summary>
/// Who asks, as the bearer token the caller's own country issued. The silo verifies it again; a gateway's word is not taken.
/// </summary>
/// <param name="Token">Compact JWS (RFC 7515) without the <c>Bearer</c> prefix.</param>
[GenerateSerializer, Immutable, Alias("bridata.caller")]
public sealed record Caller([property: Id(0)] string Token);
