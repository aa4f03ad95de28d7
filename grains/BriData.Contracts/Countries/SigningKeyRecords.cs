using System.Collections.Immutable;

namespace BriData.Contracts.Countries;

/// <summary>A public key with which a country's administrators sign acts, and the times within which it counts.</summary>
/// <param name="Kid">JWK thumbprint (RFC 7638, SHA-256, base64url).</param>
/// <param name="Jwk">The public key as JWK (RFC 7517), its required members alone.</param>
/// <param name="RegisteredAt">When it was registered.</param>
/// <param name="ConfirmedAt">From when it may count; null while it awaits a second person.</param>
/// <param name="ValidFrom">It does not count before; null for no such time.</param>
/// <param name="ValidUntil">It does not count from here on; null while open-ended.</param>
/// <param name="RevokedAt">Since when nothing signed with it is to be trusted; null while it was not revoked.</param>
[GenerateSerializer, Immutable, Alias("bridata.signing-key")]
public sealed record SigningKey(
    [property: Id(0)] string Kid,
    [property: Id(1)] JsonText Jwk,
    [property: Id(2)] DateTimeOffset RegisteredAt,
    [property: Id(3)] DateTimeOffset? ConfirmedAt = null,
    [property: Id(4)] DateTimeOffset? ValidFrom = null,
    [property: Id(5)] DateTimeOffset? ValidUntil = null,
    [property: Id(6)] DateTimeOffset? RevokedAt = null);

/// <summary>A key in the register.</summary>
/// <param name="Kid">JWK thumbprint (RFC 7638, SHA-256, base64url).</param>
/// <param name="Alg"><c>EdDSA</c> or <c>ES256</c>.</param>
/// <param name="Jwk">The public key as JWK (RFC 7517).</param>
/// <param name="Status"><c>proposed</c>, <c>notYetValid</c>, <c>valid</c>, <c>expired</c>, or <c>revoked</c>, as of now.</param>
/// <param name="RegisteredAt">When it was registered.</param>
/// <param name="ConfirmedAt">When it began to count: signed for by an older key, or confirmed by a second person; null before.</param>
/// <param name="ValidFrom">It does not count before, or null.</param>
/// <param name="ValidUntil">It does not count from here on, or null.</param>
/// <param name="RevokedAt">Since when nothing signed with it is to be trusted, or null.</param>
/// <param name="Receipt">Ledger entry of the last act on it.</param>
[GenerateSerializer, Immutable, Alias("bridata.signing-key-view")]
public sealed record SigningKeyView(
    [property: Id(0)] string Kid,
    [property: Id(1)] string Alg,
    [property: Id(2)] JsonText Jwk,
    [property: Id(3)] string Status,
    [property: Id(4)] DateTimeOffset RegisteredAt,
    [property: Id(5)] DateTimeOffset? ConfirmedAt,
    [property: Id(6)] DateTimeOffset? ValidFrom,
    [property: Id(7)] DateTimeOffset? ValidUntil,
    [property: Id(8)] DateTimeOffset? RevokedAt,
    [property: Id(9)] ReceiptReference Receipt);

/// <param name="Items">All keys, also those that no longer count, in the order in which they were registered.</param>
/// <param name="Next">Always null: the list is short.</param>
[GenerateSerializer, Immutable, Alias("bridata.signing-key-list")]
public sealed record SigningKeyList([property: Id(0)] ImmutableArray<SigningKeyView> Items, [property: Id(1)] string? Next = null);

/// <summary>A key to be registered.</summary>
/// <param name="Jwk">The public key as JWK: Ed25519 (RFC 8037) or P-256.</param>
/// <param name="Proof">The act of registration, signed with the new key: its holder has the private part.</param>
/// <param name="ValidFrom">It does not count before, or null.</param>
/// <param name="ValidUntil">It does not count from here on, or null.</param>
/// <param name="Signature">The same act, signed with a key that counts now; null when the country has none.</param>
[GenerateSerializer, Immutable, Alias("bridata.signing-key-registration")]
public sealed record SigningKeyRegistration(
    [property: Id(0)] JsonText Jwk,
    [property: Id(1)] string Proof,
    [property: Id(2)] DateTimeOffset? ValidFrom = null,
    [property: Id(3)] DateTimeOffset? ValidUntil = null,
    [property: Id(4)] string? Signature = null);
