using System.Collections.Immutable;
using BriData.Policy.RulePacks;

namespace BriData.Policy.Analysis;

/// <summary>One thing that an analysis found.</summary>
public sealed record AnalysisFinding
{
    public required AnalysisKind Kind { get; init; }

    /// <summary>The rules concerned, the one at fault first; for a term its mechanism; empty where no rule is near.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>Line of the first rule in the source of the pack, counted from 1; 0 where there is none.</summary>
    public required int Line { get; init; }

    /// <summary>English text for the author of the pack.</summary>
    public required string Explanation { get; init; }

    /// <summary>
    /// A case that shows it, cut down to the facts that it needs; null where the finding is that no case exists. The case
    /// has been put to <see cref="CompiledRulePack.Evaluate"/> before it was reported.
    /// </summary>
    public AnalysisExample? Example { get; init; }
}
