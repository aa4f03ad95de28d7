using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// The bare result of reading a pack. <see cref="Possible"/> holds the base rules before the deciding one that unknown
/// facts leave open: the true answer is the deciding rule or one of them, so whoever uses the result must satisfy
/// every one of them that asks for something, and may rely on none that exempts.
/// </summary>
internal sealed class PackEvaluation(FactSet facts)
{
    /// <summary>The facts that were read; for several flows, those of the strictest.</summary>
    public FactSet Facts { get; } = facts;

    /// <summary>The first base rule that is true; null when there is none.</summary>
    public RuleHit? Decided { get; set; }

    /// <summary>Base rules before the deciding one that may apply.</summary>
    public List<RuleHit>? Possible { get; set; }

    /// <summary>Overlays that apply or may apply.</summary>
    public List<RuleHit>? Overlays { get; set; }

    /// <summary>Evaluations of the other flows of the same case.</summary>
    public List<PackEvaluation>? OtherFlows { get; set; }
}
