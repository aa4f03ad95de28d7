namespace BriData.Policy.Decisions;

/// <summary>A reason to deny.</summary>
/// <param name="Code">One of <see cref="DecisionCodes"/>.</param>
/// <param name="Kind">Why it is a denial.</param>
/// <param name="Detail">What it is about; completes the text of the code.</param>
internal sealed record Denial(string Code, DenialKind Kind, string Detail);
