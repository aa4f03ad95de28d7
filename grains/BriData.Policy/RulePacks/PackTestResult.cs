namespace BriData.Policy.RulePacks;

/// <summary>How a test case of a pack came out.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">What the pack said.</param>
/// <param name="Failure">What differs from the expectation, in English; null when the case passes.</param>
public sealed record PackTestResult(PackTestCase Case, PackVerdict Verdict, string? Failure)
{
    public bool Passed => Failure is null;
}
