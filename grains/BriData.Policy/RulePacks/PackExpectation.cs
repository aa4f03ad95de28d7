using System.Collections.Immutable;

namespace BriData.Policy.RulePacks;

/// <summary>What a test case expects. A member that is null is not checked.</summary>
public sealed record PackExpectation
{
    public RuleOutcome? Outcome { get; init; }

    /// <summary>Identifier of the deciding rule.</summary>
    public string? Rule { get; init; }

    /// <summary><c>true</c>, <c>false</c> or <c>unknown</c>.</summary>
    public string? MayProceedNow { get; init; }

    /// <summary>The exact set of mechanisms.</summary>
    public ImmutableArray<string>? Mechanisms { get; init; }

    /// <summary>Obligations that must be among those that come out.</summary>
    public ImmutableArray<string>? Obligations { get; init; }

    /// <summary>The exact set of missing facts.</summary>
    public ImmutableArray<string>? MissingFacts { get; init; }
}
