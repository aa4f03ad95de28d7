using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks;

/// <summary>A case that a pack states about itself.</summary>
/// <param name="Name">What the case shows; unique within the pack.</param>
/// <param name="EventDate">Day of the transfer.</param>
/// <param name="Facts">The stated facts.</param>
/// <param name="Expect">What must come out.</param>
/// <param name="Line">Line of the case in its source, counted from 1.</param>
public sealed record PackTestCase(string Name, DateOnly EventDate, FactSet Facts, PackExpectation Expect, int Line);

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
