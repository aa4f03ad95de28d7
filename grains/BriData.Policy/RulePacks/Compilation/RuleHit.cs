namespace BriData.Policy.RulePacks.Compilation;

/// <summary>A rule that applies, or may apply.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Certain">False when unknown facts leave open whether the rule applies.</param>
/// <param name="MayProceed">Whether the rule, if it applies, lets the transfer start now; null when unknown.</param>
internal readonly record struct RuleHit(CompiledRule Rule, bool Certain, bool? MayProceed);
