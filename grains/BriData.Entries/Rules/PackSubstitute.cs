using BriData.Policy.RulePacks;

namespace BriData.Entries.Rules;

/// <summary>A pack that governs in place of a country's own, on every day.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Part">The part of the country it is the law of; null for the country as a whole.</param>
/// <param name="Pack">The pack.</param>
public sealed record PackSubstitute(string Country, string? Part, CompiledRulePack Pack);
