namespace BriData.Policy.Decisions;

/// <summary>A mechanism on record: the lawful route, with its dates.</summary>
/// <param name="Code">Mechanism code of the vocabulary, for example <c>CN_STANDARD_CONTRACT</c>.</param>
/// <param name="Jurisdiction">The jurisdiction under whose law it was set up.</param>
/// <param name="From">First day on which it may be relied on.</param>
/// <param name="Until">Last day, inclusive; null while open-ended.</param>
/// <param name="Facts">Facts that this record proves, by fact name, as JSON values (for example <c>safeguard</c>).</param>
public sealed record MechanismRecord(string Code, string Jurisdiction, DateOnly From, DateOnly? Until, Facts.FactSet Facts);
