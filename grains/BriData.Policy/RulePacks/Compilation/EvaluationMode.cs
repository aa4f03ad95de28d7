namespace BriData.Policy.RulePacks.Compilation;

/// <summary>How absent facts are read.</summary>
internal enum EvaluationMode
{
    /// <summary>A person states a case: harmless values that nobody states are assumed, and listed.</summary>
    StatedCase,

    /// <summary>A real transfer is decided: only findings are assumed absent.</summary>
    Transfer,
}
