namespace BriData.Policy.Decisions;

/// <summary>A total that the exporter's law counts, as the platform keeps it.</summary>
/// <param name="Fact">The fact that states it.</param>
/// <param name="Before">Persons counted before this transfer, other transfers still being decided included.</param>
/// <param name="Added">Persons this transfer adds; null while nobody has said how many it concerns, and then the fact is unknown.</param>
public sealed record RunningTotal(string Fact, long Before, long? Added);
