using System.Collections.Immutable;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Events;

namespace BriData.Entries.Agreements;

internal sealed record AgreementDrafted(AgreementDocument Document) : EventData;

/// <summary>What an act led to; with it the answer to the act can be given again, whatever happened since (I5).</summary>
internal sealed record AgreementAfter(string Status, ImmutableArray<string> SignedBy, ImmutableArray<string> SuspendedBy, int Version);

/// <summary>A party's act on the agreement.</summary>
/// <param name="Country">The acting party.</param>
/// <param name="After">What it led to.</param>
/// <param name="Signature">The act as the party's key signed it, a compact JWS; null from a country without a key.</param>
internal abstract record AgreementActed(string Country, AgreementAfter After, string? Signature) : EventData;

/// <summary>A party signed. With the last signature the agreement is in force.</summary>
internal sealed record AgreementSigned(string Country, AgreementAfter After, string? Signature = null) : AgreementActed(Country, After, Signature);

/// <param name="Reason">Commitment to the reason's text.</param>
/// <param name="TextKey">Name of the key that the text is sealed under.</param>
internal sealed record AgreementSuspended(string Country, string? Reason, AgreementAfter After, string? Signature = null, string? TextKey = null)
    : AgreementActed(Country, After, Signature);

internal sealed record AgreementResumed(string Country, string? Reason, AgreementAfter After, string? Signature = null, string? TextKey = null)
    : AgreementActed(Country, After, Signature);

internal sealed record AgreementTerminated(string Country, string? Reason, AgreementAfter After, string? Signature = null, string? TextKey = null)
    : AgreementActed(Country, After, Signature);

/// <summary>From here on decisions use this context of a country.</summary>
internal sealed record CountryContextTaken(CountryContext Context) : EventData;

/// <summary>From here on decisions use this context of an agency.</summary>
internal sealed record AgencyContextTaken(AgencyContext Context) : EventData;
