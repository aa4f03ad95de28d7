using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Events;

namespace BriData.Entries.Countries;

/// <summary>The country became a member with these issuers, from the operator's configuration.</summary>
internal sealed record CountryFounded(ImmutableArray<IssuerRegistration> Issuers) : EventData;

internal sealed record IssuersPut(ImmutableArray<IssuerRegistration> Issuers) : EventData;

internal sealed record WitnessesPut(WitnessList Witnesses) : EventData;

/// <param name="Digest">SHA-256 of the document, lower hex.</param>
/// <param name="SchemeVersion">Version as the document states it.</param>
internal sealed record SchemePut(string Digest, string SchemeVersion) : EventData;

/// <param name="Digest">SHA-256 of the YAML source, lower hex.</param>
internal sealed record RulePackDrafted(string Jurisdiction, string Version, string Digest) : EventData;

/// <summary>The pack's own test cases were run.</summary>
/// <param name="Cases">Number of cases.</param>
/// <param name="Passed">Cases that came out as expected.</param>
/// <param name="Rules">Number of rules.</param>
/// <param name="Covered">Rules that some case matches.</param>
internal sealed record RulePackTested(string Version, int Cases, int Passed, int Rules, int Covered) : EventData;

/// <param name="Version">The version.</param>
/// <param name="InForceFrom">First day.</param>
/// <param name="Signature">The act as the country's key signed it, a compact JWS; null from a country without a key.</param>
internal sealed record RulePackApproved(string Version, DateOnly InForceFrom, string? Signature = null) : EventData;

/// <summary>An earlier version that two persons had brought into force governs again.</summary>
/// <param name="Version">The version.</param>
/// <param name="InForceFrom">First day.</param>
/// <param name="Signature">Likewise.</param>
internal sealed record RulePackReinstated(string Version, DateOnly InForceFrom, string? Signature = null) : EventData;

/// <summary>A key for signed acts: it counts at once if an older key signed for it, otherwise it awaits a second person.</summary>
/// <param name="Kid">JWK thumbprint (RFC 7638).</param>
/// <param name="Jwk">The public key.</param>
/// <param name="ValidFrom">It does not count before, or null.</param>
/// <param name="ValidUntil">It does not count from here on, or null.</param>
/// <param name="Proof">The act as the new key signed it, a compact JWS.</param>
/// <param name="Signature">The act as an older key signed it, or null.</param>
internal sealed record CountryKeyRegistered(
    string Kid, JsonText Jwk, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, string Proof, string? Signature = null) : EventData;

/// <summary>A second person confirmed a proposed key; it counts from here on.</summary>
internal sealed record CountryKeyConfirmed(string Kid) : EventData;

/// <param name="Kid">JWK thumbprint (RFC 7638).</param>
/// <param name="Since">Since when nothing signed with it is to be trusted; it signs nothing after this entry in any case.</param>
/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the text is sealed under.</param>
internal sealed record CountryKeyRevoked(string Kid, DateTimeOffset Since, string? Reason, string? TextKey = null) : EventData;

internal sealed record AgencyEnrolled(string Slug) : EventData;

/// <summary>An agreement must be told of every later change.</summary>
/// <param name="Agreement">Agreement identifier.</param>
/// <param name="Parties">Its parties.</param>
internal sealed record AgreementLinked(string Agreement, ImmutableArray<string> Parties) : EventData;

/// <summary>An agreement has ended; it need not be told any more.</summary>
internal sealed record AgreementUnlinked(string Agreement) : EventData;

/// <summary>Everyone concerned has, on a ledger of its own, the change that ended at this size.</summary>
internal sealed record PublicationCompleted(long AsOf) : EventData;

/// <summary>A recognised caller's request was refused before any agreement could decide it.</summary>
internal sealed record RequestRefused(string Code) : EventData;
