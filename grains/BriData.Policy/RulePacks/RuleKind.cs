namespace BriData.Policy.RulePacks;

/// <summary>How a rule takes part in the verdict.</summary>
public enum RuleKind
{
    /// <summary>Base rules are read in order; the first that matches decides.</summary>
    Base,

    /// <summary>Every overlay that matches applies on top; it can tighten the verdict or add obligations, never loosen.</summary>
    Overlay,
}
