using System.Collections.Immutable;
using BriData.Policy.Decisions;

namespace BriData.Policy.RulePacks;

/// <summary>What one pack says about one set of facts.</summary>
public sealed record PackVerdict
{
    /// <summary>The strictest outcome that the facts leave possible.</summary>
    public required RuleOutcome Outcome { get; init; }

    /// <summary>Whether the transfer may start now; null when the facts do not tell.</summary>
    public required bool? MayProceedNow { get; init; }

    /// <summary>Routes of which one is needed, or the name of the exemption; sorted ordinally.</summary>
    public required ImmutableArray<string> Mechanisms { get; init; }

    /// <summary>Obligations of the rules that apply or may apply; sorted ordinally.</summary>
    public required ImmutableArray<string> Obligations { get; init; }

    /// <summary>Facts that nobody stated and that could change the verdict; sorted ordinally.</summary>
    public required ImmutableArray<string> MissingFacts { get; init; }

    /// <summary>Facts that nobody stated and that were taken to have their harmless value; sorted ordinally.</summary>
    public required ImmutableArray<string> Assumptions { get; init; }

    /// <summary>The rule that decided; <c>platform.no-rule</c> when none did.</summary>
    public required string DecidingRule { get; init; }

    /// <summary>Every rule that was looked at, in order: base rules up to the deciding one, then overlays.</summary>
    public required ImmutableArray<ConsultedRule> Rules { get; init; }
}
