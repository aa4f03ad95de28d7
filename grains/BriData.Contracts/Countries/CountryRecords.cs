using System.Collections.Immutable;

namespace BriData.Contracts.Countries;

/// <summary>A country in the public register.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Alpha3">ISO 3166-1 alpha-3.</param>
/// <param name="Names">Name by language tag (en, fr, es, ar, ru, zh).</param>
/// <param name="Member">True when the country takes part in the platform.</param>
/// <param name="Scheme">Version of its classification scheme, or null.</param>
/// <param name="RulePack">Version of the rule pack in force today, or null.</param>
/// <param name="Agencies">Identifiers of its agencies.</param>
[GenerateSerializer, Immutable, Alias("bridata.country-view")]
public sealed record CountryView(
    [property: Id(0)] string Code,
    [property: Id(1)] string Alpha3,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Names,
    [property: Id(3)] bool Member,
    [property: Id(4)] string? Scheme,
    [property: Id(5)] string? RulePack,
    [property: Id(6)] ImmutableArray<string> Agencies);

/// <summary>An OpenID Connect issuer that a country vouches for.</summary>
/// <param name="Issuer">The exact <c>iss</c> value.</param>
/// <param name="MetadataAddress">Address of its discovery document.</param>
[GenerateSerializer, Immutable, Alias("bridata.issuer")]
public sealed record IssuerRegistration([property: Id(0)] string Issuer, [property: Id(1)] string MetadataAddress);

[GenerateSerializer, Immutable, Alias("bridata.issuer-list")]
public sealed record IssuerList([property: Id(0)] ImmutableArray<IssuerRegistration> Issuers);

/// <summary>A witness that a country trusts to cosign checkpoints (C2SP tlog-witness).</summary>
/// <param name="Vkey">Its verifier key, timestamped Ed25519 (C2SP tlog-cosignature, type 0x04).</param>
/// <param name="Url">Submission prefix, to which <c>/add-checkpoint</c> is added: https, or http on this machine.</param>
[GenerateSerializer, Immutable, Alias("bridata.witness")]
public sealed record WitnessRegistration([property: Id(0)] string Vkey, [property: Id(1)] string Url);

/// <summary>The witnesses of a country.</summary>
/// <param name="Witnesses">At most 16, each of another name and key; empty for none.</param>
/// <param name="Quorum">How many of them must cosign, 0 to all.</param>
[GenerateSerializer, Immutable, Alias("bridata.witness-list")]
public sealed record WitnessList([property: Id(0)] ImmutableArray<WitnessRegistration> Witnesses, [property: Id(1)] int Quorum);

/// <param name="Version">Counts how often the country has set its issuers, for <c>If-Match</c>.</param>
/// <param name="List">The issuers it vouches for.</param>
[GenerateSerializer, Immutable, Alias("bridata.issuers-view")]
public sealed record IssuersView([property: Id(0)] int Version, [property: Id(1)] IssuerList List);

/// <param name="Version">Counts how often the country has named witnesses, for <c>If-Match</c>.</param>
/// <param name="List">The witnesses named last.</param>
[GenerateSerializer, Immutable, Alias("bridata.witnesses-view")]
public sealed record WitnessesView([property: Id(0)] int Version, [property: Id(1)] WitnessList List);

/// <param name="Version">Version counter of the register, for <c>If-Match</c>.</param>
/// <param name="Document">The scheme as it was put, UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("bridata.scheme-view")]
public sealed record SchemeView([property: Id(0)] int Version, [property: Id(1)] JsonText Document);

/// <summary>A rule pack in the register.</summary>
/// <param name="Jurisdiction">Jurisdiction code of the pack.</param>
/// <param name="Version">Version as the pack states it.</param>
/// <param name="Status"><c>draft</c>, <c>tested</c>, <c>approved</c>, <c>inForce</c>, or <c>superseded</c>, as of today.</param>
/// <param name="Digest">SHA-256 of the source text, lower hex.</param>
/// <param name="InForceFrom">First day in force, or in force again; null for a draft.</param>
/// <param name="Receipt">Ledger entry of the last act on it.</param>
/// <param name="Revision">Counts the acts on it, for <c>If-Match</c>.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-view")]
public sealed record RulePackView(
    [property: Id(0)] string Jurisdiction,
    [property: Id(1)] string Version,
    [property: Id(2)] string Status,
    [property: Id(3)] string Digest,
    [property: Id(4)] DateOnly? InForceFrom,
    [property: Id(5)] ReceiptReference Receipt,
    [property: Id(6)] int Revision);

/// <summary>How a pack's own test cases came out.</summary>
/// <param name="Pack">The pack after the run.</param>
/// <param name="Cases">Number of cases.</param>
/// <param name="Passed">Cases that came out as expected.</param>
/// <param name="Failures">The others.</param>
/// <param name="Rules">Number of rules.</param>
/// <param name="Covered">Rules that some case matches.</param>
/// <param name="Uncovered">Identifiers of the others.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-test-report")]
public sealed record RulePackTestReport(
    [property: Id(0)] RulePackView Pack,
    [property: Id(1)] int Cases,
    [property: Id(2)] int Passed,
    [property: Id(3)] ImmutableArray<RulePackTestFailure> Failures,
    [property: Id(4)] int Rules,
    [property: Id(5)] int Covered,
    [property: Id(6)] ImmutableArray<string> Uncovered);

/// <param name="Name">Name of the case.</param>
/// <param name="Line">Its line in the source, counted from 1.</param>
/// <param name="Failure">What differs from the expectation, in English.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-pack-test-failure")]
public sealed record RulePackTestFailure([property: Id(0)] string Name, [property: Id(1)] int Line, [property: Id(2)] string Failure);

[GenerateSerializer, Immutable, Alias("bridata.rule-pack-document")]
public sealed record RulePackDocument([property: Id(0)] RulePackView Pack, [property: Id(1)] ReadOnlyMemory<byte> Yaml);

[GenerateSerializer, Immutable, Alias("bridata.rule-pack-list")]
public sealed record RulePackList([property: Id(0)] ImmutableArray<RulePackView> Items, [property: Id(1)] string? Next = null);

/// <summary>Facts to be judged without effect.</summary>
/// <param name="Exporter">ISO 3166-1 alpha-2.</param>
/// <param name="Importer">Likewise, or null when it does not matter.</param>
/// <param name="EventDate">Day of the transfer; selects the rules.</param>
/// <param name="Facts">Facts of the vocabulary.</param>
/// <param name="Jurisdiction">A part of the exporter's country with a regime of its own, or null.</param>
/// <param name="Languages">Language tags for the rules in words, most wanted first; null for none.</param>
/// <param name="Version">A version of the exporter's pack to judge by, also a draft; its administrators only. Null for what is in force.</param>
[GenerateSerializer, Immutable, Alias("bridata.rule-question")]
public sealed record RuleQuestion(
    [property: Id(0)] string Exporter,
    [property: Id(1)] string? Importer,
    [property: Id(2)] DateOnly EventDate,
    [property: Id(3)] JsonText Facts,
    [property: Id(4)] string? Jurisdiction = null,
    [property: Id(5)] ImmutableArray<string>? Languages = null,
    [property: Id(6)] string? Version = null);

/// <summary>The verdict on stated facts, as JSON in the contract's shape.</summary>
[GenerateSerializer, Immutable, Alias("bridata.rule-evaluation")]
public sealed record RuleEvaluation([property: Id(0)] JsonText Verdict);

/// <summary>
/// What an agreement must know of a country, as of one entry of the country's ledger.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="AsOf">Size of the country's ledger when this was true; a lower value never replaces a higher one.</param>
/// <param name="Issuers">Issuers whose tokens the country vouches for.</param>
/// <param name="SchemeDigest">SHA-256 (lower hex) of the classification scheme document, or null.</param>
/// <param name="Packs">The rule packs that govern now, or from a later day; of each part and first day the one decided last.</param>
/// <param name="Witnesses">Its witnesses; null when it has never named any.</param>
/// <param name="Keys">Every key that counts or counted for the country's signed acts; null when it never had one.</param>
[GenerateSerializer, Immutable, Alias("bridata.country-context")]
public sealed record CountryContext(
    [property: Id(0)] string Country,
    [property: Id(1)] long AsOf,
    [property: Id(2)] ImmutableArray<string> Issuers,
    [property: Id(3)] string? SchemeDigest,
    [property: Id(4)] ImmutableArray<PackInForce> Packs,
    [property: Id(5)] WitnessList? Witnesses = null,
    [property: Id(6)] ImmutableArray<SigningKey>? Keys = null);

/// <param name="Version">Version as the pack states it.</param>
/// <param name="Digest">SHA-256 of the source text, lower hex.</param>
/// <param name="InForceFrom">First day in force.</param>
/// <param name="Part">The part of the country that the pack is the law of, such as <c>AE-DIFC</c>; null for the country as a whole.</param>
[GenerateSerializer, Immutable, Alias("bridata.pack-in-force")]
public sealed record PackInForce(
    [property: Id(0)] string Version, [property: Id(1)] string Digest, [property: Id(2)] DateOnly InForceFrom, [property: Id(3)] string? Part = null);

[GenerateSerializer, Immutable, Alias("bridata.country-members")]
public sealed record CountryMembers([property: Id(0)] ImmutableArray<string> Agencies, [property: Id(1)] ImmutableArray<string> Agreements);

/// <summary>A well-formed request by a recognised caller that was refused before any agreement could decide it.</summary>
[GenerateSerializer, Immutable, Alias("bridata.refused-request")]
public sealed record RefusedRequest(
    [property: Id(0)] string Code,
    [property: Id(1)] string? Agreement,
    [property: Id(2)] string? DataSet,
    [property: Id(3)] string? Agency,
    [property: Id(4)] string Officer,
    [property: Id(5)] Operation Operation);
