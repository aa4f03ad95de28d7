using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Tests.Analysis;

/// <summary>A pack with one fault.</summary>
/// <param name="Name">What was done to it.</param>
/// <param name="Pack">Makes the pack.</param>
/// <param name="Kind">What the analysis must find.</param>
/// <param name="Rules">The rules that it must name.</param>
internal sealed record SeededFault(string Name, Func<CompiledRulePack> Pack, AnalysisKind Kind, params string[] Rules);
