namespace BriData.Policy.Decisions;

/// <summary>One change of a remedy.</summary>
/// <param name="Kind"><c>fact</c>, <c>mechanism</c>, <c>purpose</c>, or <c>agreement</c>.</param>
/// <param name="Name">What to change: a fact name, a mechanism code, or a term of the agreement.</param>
/// <param name="Value">The value under which the request would pass.</param>
public sealed record RemedyChange(string Kind, string Name, string Value);
