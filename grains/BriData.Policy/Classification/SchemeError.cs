namespace BriData.Policy.Classification;

/// <summary>Why a classification scheme was refused.</summary>
/// <param name="Code">Stable code, for example <c>unknown_field</c>.</param>
/// <param name="Path">Where, as a JSON path: <c>$.marks[2].level</c>.</param>
/// <param name="Message">One English sentence for the person who wrote the document.</param>
public sealed record SchemeError(string Code, string Path, string Message);
