namespace BriData.Policy.Analysis.Solving;

/// <summary>One thing that a case must fulfil.</summary>
internal readonly record struct Goal(Formula Formula, Want Want);
