using System.Collections.Immutable;

namespace BriData.Benchmarks.Rules;

/// <summary>Settings of the <c>rules</c> benchmark.</summary>
internal sealed record RuleOptions
{
    /// <summary>Sizes of the rule table, one block of the result each. Default 100, 1,000, 10,000.</summary>
    public ImmutableArray<int> Rules { get; init; } = [100, 1_000, 10_000];

    /// <summary>Different requests per table; every evaluator answers each of them. Default 1,000.</summary>
    public int Requests { get; init; } = 1_000;

    /// <summary>
    /// Measured time per evaluator and table after a warm-up of the same length. A slow evaluator finishes at least one
    /// request and reports how many it got through. Default 3 s.
    /// </summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether Cedar's package is installed where it is not there yet. Default yes.</summary>
    public bool Install { get; init; } = true;

    /// <summary>Where the results are also written as JSON; null for nowhere.</summary>
    public string? JsonFile { get; init; }
}
