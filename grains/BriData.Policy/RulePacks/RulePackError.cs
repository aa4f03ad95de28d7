namespace BriData.Policy.RulePacks;

/// <summary>Why a pack was refused.</summary>
/// <param name="Line">Line in the source, counted from 1.</param>
/// <param name="Column">Column in the source, counted from 1.</param>
/// <param name="Code">Stable code, for example <c>unknown_fact</c>.</param>
/// <param name="Message">One English sentence for the person who wrote the pack.</param>
public sealed record RulePackError(int Line, int Column, string Code, string Message);
