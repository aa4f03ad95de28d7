using System.Collections.Immutable;

namespace BriData.Policy.RulePacks;

/// <summary>A pack, or the reasons why there is none. Exactly one of the two is present.</summary>
public sealed record RulePackParseResult(RulePack? Pack, ImmutableArray<RulePackError> Errors)
{
    public bool IsValid => Pack is not null;
}
