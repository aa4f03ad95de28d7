using BriData.Policy.RulePacks;

namespace BriData.Policy.Decisions;

/// <summary>One side of a transfer as the platform knows it at the time of the decision.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Agency">Agency identifier, <c>CN/customs</c>.</param>
/// <param name="AgencySuspended">True when the country has suspended the agency.</param>
/// <param name="Pack">The country's rule pack in force, or null when it has none; a missing pack denies.</param>
public sealed record PartyInput(string Country, string Agency, bool AgencySuspended, CompiledRulePack? Pack);
