using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis.Solving;

/// <summary>A mechanism term with a condition, as a formula that holds on days on which it is law and a record can count.</summary>
internal sealed record TermModel(MechanismTerm Source, Formula Usable);
