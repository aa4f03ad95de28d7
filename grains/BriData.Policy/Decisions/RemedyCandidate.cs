namespace BriData.Policy.Decisions;

/// <summary>A change that could make a request lawful, and how to apply it.</summary>
internal sealed record RemedyCandidate(RemedyChange Change, string Text, Func<DecisionInput, DecisionInput> Apply);
