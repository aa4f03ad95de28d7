using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Grains.EventSourcing;

namespace BriData.Grains.Agreements;

internal sealed record AgreementDrafted(AgreementDocument Document) : EventData;

/// <summary>A party signed. With the last signature the agreement is in force.</summary>
internal sealed record AgreementSigned(string Country) : EventData;

/// <param name="Country">The suspending party.</param>
/// <param name="Reason">Commitment to the reason's text.</param>
internal sealed record AgreementSuspended(string Country, string? Reason) : EventData;

internal sealed record AgreementResumed(string Country, string? Reason) : EventData;

internal sealed record AgreementTerminated(string Country, string? Reason) : EventData;

/// <summary>From here on decisions use this context of a country.</summary>
internal sealed record CountryContextTaken(CountryContext Context) : EventData;

/// <summary>From here on decisions use this context of an agency.</summary>
internal sealed record AgencyContextTaken(AgencyContext Context) : EventData;
