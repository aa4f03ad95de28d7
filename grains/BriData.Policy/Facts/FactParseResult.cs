using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>The facts, or the reasons why they were refused. Exactly one of the two is present.</summary>
public sealed record FactParseResult(FactSet? Facts, ImmutableArray<FactError> Errors)
{
    public bool IsValid => Facts is not null;
}
