namespace BriData.Policy.RulePacks;

/// <summary>The side whose law the rule is part of.</summary>
public enum RuleRole
{
    /// <summary>The rule governs data leaving the jurisdiction. The default.</summary>
    Exporter,

    /// <summary>The rule governs data entering the jurisdiction.</summary>
    Importer,

    /// <summary>The rule governs both.</summary>
    Both,
}
