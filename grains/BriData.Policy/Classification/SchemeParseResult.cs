using System.Collections.Immutable;

namespace BriData.Policy.Classification;

/// <summary>A scheme, or the reasons why there is none. Exactly one of the two is present.</summary>
public sealed record SchemeParseResult(ClassificationScheme? Scheme, ImmutableArray<SchemeError> Errors)
{
    public bool IsValid => Scheme is not null;
}
