using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A rule as formulas.</summary>
/// <param name="Source">The rule.</param>
/// <param name="Condition">First node of its condition.</param>
/// <param name="InForce">The side and the days on which it is law.</param>
/// <param name="When">Its condition.</param>
/// <param name="MayProceed">When the transfer may start under it; null where the outcome alone tells.</param>
internal sealed record RuleModel(Rule Source, int Condition, Formula InForce, Formula When, Formula? MayProceed)
{
    /// <summary>In force, and the condition holds.</summary>
    public Formula Applies { get; } = JunctionFormula.All(InForce, When);

    public string Id => Source.Id;

    /// <summary>How much it holds back; nothing for an overlay that only adds obligations.</summary>
    public int Strictness { get; } = Source.Outcome?.Strictness() ?? 0;

    public bool IsBase => Source.Kind == RuleKind.Base;
}
