using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Where a rule can matter.</summary>
internal sealed record RuleReach
{
    /// <summary>Bounds of the cases to which it applies; null where it never does.</summary>
    public required Domains? Box { get; init; }

    /// <summary>One case that fulfils its condition; null where none was found.</summary>
    public required Domains? Witness { get; init; }

    /// <summary>True when its condition reads the day.</summary>
    public required bool ReadsDay { get; init; }

    /// <summary>The earlier rules that decide wherever it applies, by position; empty where it can decide itself, or nothing is known.</summary>
    public ImmutableArray<int> ShadowedBy { get; init; } = [];

    /// <summary>False for a rule that decides nowhere.</summary>
    public bool IsAlive => Box is not null && ShadowedBy.IsEmpty;
}
