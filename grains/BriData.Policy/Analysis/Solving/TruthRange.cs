using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>Bounds of what a formula can be while facts are still open.</summary>
internal readonly record struct TruthRange(Truth Low, Truth High);
