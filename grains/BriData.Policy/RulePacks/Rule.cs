using System.Collections.Immutable;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks;

/// <summary>One rule of a pack, as written.</summary>
public sealed record Rule
{
    /// <summary>Identifier, unique within the pack.</summary>
    public required string Id { get; init; }

    public required RuleCitation Citation { get; init; }

    /// <summary>How sure the rule is: P, S or K for the source, then +, ~ or - for the certainty.</summary>
    public required string Certainty { get; init; }

    /// <summary>Day on which the rule was last checked against the law.</summary>
    public required DateOnly LastChecked { get; init; }

    /// <summary>First event date on which the rule is law.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last event date on which the rule is law; null while in force.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public RuleKind Kind { get; init; }

    public RuleRole Role { get; init; }

    public required Condition When { get; init; }

    /// <summary>What the rule says; null for an overlay that only adds obligations.</summary>
    public RuleOutcome? Outcome { get; init; }

    /// <summary>When the transfer may start under this rule; null leaves it to the outcome.</summary>
    public Condition? MayProceedNow { get; init; }

    /// <summary>Routes of which one must be in place, or for an exemption its name.</summary>
    public ImmutableArray<string> Mechanisms { get; init; } = [];

    /// <summary>Stronger routes that satisfy the rule too, though the law does not ask for them.</summary>
    public ImmutableArray<string> AlsoSatisfiedBy { get; init; } = [];

    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>Obligations of the other side's law that cannot be met together with this rule.</summary>
    public ImmutableArray<string> Excludes { get; init; } = [];

    /// <summary>True for the closing rule of a law, "otherwise refuse": it is certain only when every way out before it is known not to apply.</summary>
    public bool IsOtherwise { get; init; }

    /// <summary>
    /// True for a base rule that stands before stricter ones on purpose, as the law's own exception. It changes no verdict;
    /// without it, the analysis of the pack takes a permissive rule before a stricter one for a fault.
    /// </summary>
    public bool IsException { get; init; }

    /// <summary>False when the law leaves flows under this rule out of the running totals.</summary>
    public bool CountsTowardTotals { get; init; } = true;

    /// <summary>What the rule means, by language tag; English is always there.</summary>
    public required ImmutableSortedDictionary<string, string> Texts { get; init; }

    /// <summary>Line of the rule in its source, counted from 1.</summary>
    public int Line { get; init; }

    /// <summary>True when the rule is law on this day.</summary>
    public bool IsInForce(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is not { } last || day <= last);
}
