namespace BriData.Policy.Facts;

/// <summary>Why a stated fact was refused.</summary>
/// <param name="Fact">The fact's name as stated; empty when the document as a whole is at fault.</param>
/// <param name="Code">
/// Stable code: <c>fact_json</c>, <c>unknown_fact</c>, <c>duplicate_fact</c>, <c>fact_type</c>, <c>fact_value</c>,
/// <c>fact_range</c>.
/// </param>
/// <param name="Message">One English sentence.</param>
public sealed record FactError(string Fact, string Code, string Message);
