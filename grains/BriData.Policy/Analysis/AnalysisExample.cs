using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis;

/// <summary>A case, and what the pack says about it.</summary>
/// <param name="Facts">The stated facts.</param>
/// <param name="EventDate">Day of the transfer.</param>
/// <param name="Verdict">What <see cref="CompiledRulePack.Evaluate"/> answers.</param>
public sealed record AnalysisExample(FactSet Facts, DateOnly EventDate, PackVerdict Verdict);
