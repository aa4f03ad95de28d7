using System.Collections.Immutable;
using BriData.Contracts.Agencies;
using BriData.Entries.Events;

namespace BriData.Entries.Agencies;

internal sealed record AgencyPut(AgencyDocument Document) : EventData;

/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the text is sealed under.</param>
internal sealed record AgencySuspended(string? Reason, string? TextKey = null) : EventData;

/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the text is sealed under.</param>
internal sealed record AgencyResumed(string? Reason, string? TextKey = null) : EventData;

/// <param name="Inherited">What it inherits from the data it was derived from; null when it was not.</param>
internal sealed record DataSetPut(string Slug, DataSetDocument Document, InheritedClassification? Inherited = null) : EventData;

/// <summary>Persons of a transfer that is about to be decided; they count until the reservation is settled.</summary>
/// <param name="Reservation"><c>{agreement}/{operation key}</c>; a later one of the same name replaces it.</param>
/// <param name="Day">Day of the transfer.</param>
/// <param name="General">Persons counted by number of whom nothing sensitive is transferred.</param>
/// <param name="Sensitive">Likewise of whom something sensitive is.</param>
/// <param name="GeneralKeys">Keyed hashes of further persons, 16 bytes base64url; null for none.</param>
/// <param name="SensitiveKeys">Likewise for sensitive data.</param>
internal sealed record TotalsReserved(
    string Reservation,
    DateOnly Day,
    long General,
    long Sensitive,
    ImmutableArray<string>? GeneralKeys,
    ImmutableArray<string>? SensitiveKeys) : EventData;

/// <summary>On an agreement's ledger: a request that had reserved persons was never decided.</summary>
/// <param name="Key">Operation key, SHA-256, lower hex.</param>
internal sealed record TotalsAbandoned(string Key) : EventData;

/// <param name="Outcome"><c>confirmed</c>, <c>exempt</c> or <c>released</c>.</param>
internal sealed record TotalsSettled(string Reservation, string Outcome) : EventData;
