namespace BriData.Policy.Analysis.Solving;

/// <summary>Where a search parts: the values to try first; all others of the variable are tried afterwards.</summary>
internal readonly record struct Branch(Variable Variable, ulong[] First);
