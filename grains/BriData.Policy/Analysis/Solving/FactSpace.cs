using System.Collections.Immutable;

namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// The cases that a pack can tell apart: complete statements of the facts it reads, on days from its first. A fact is left
/// unstated only where the pack itself says what absence means (<c>known</c>, <c>absent</c>).
/// </summary>
/// <param name="Variables">What varies.</param>
/// <param name="Full">Every value of every variable.</param>
/// <param name="Consistent">What every statement fulfils by the meaning of the vocabulary.</param>
/// <param name="IsCut">True when a limit left values out.</param>
internal sealed record FactSpace(
    ImmutableArray<Variable> Variables, Domains Full, ImmutableArray<Goal> Consistent, bool IsCut);
