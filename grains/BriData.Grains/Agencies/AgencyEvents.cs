using BriData.Contracts.Agencies;
using BriData.Grains.EventSourcing;

namespace BriData.Grains.Agencies;

internal sealed record AgencyPut(AgencyDocument Document) : EventData;

/// <param name="Reason">Commitment to the reason's text.</param>
internal sealed record AgencySuspended(string? Reason) : EventData;

/// <param name="Reason">Commitment to the reason's text.</param>
internal sealed record AgencyResumed(string? Reason) : EventData;

internal sealed record DataSetPut(string Slug, DataSetDocument Document) : EventData;
