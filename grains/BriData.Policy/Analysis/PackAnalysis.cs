using System.Collections.Immutable;

namespace BriData.Policy.Analysis;

/// <summary>What the analysis of one pack says.</summary>
public sealed record PackAnalysis
{
    /// <summary>Faults, in the order of the rules.</summary>
    public required ImmutableArray<AnalysisFinding> Findings { get; init; }

    /// <summary>Overlaps that are as they should be, in the order of the rules.</summary>
    public required ImmutableArray<AnalysisFinding> Notes { get; init; }

    /// <summary>False when a limit was reached: what is reported holds, but there may be more.</summary>
    public required bool Complete { get; init; }

    /// <summary>Rules looked at.</summary>
    public required int Rules { get; init; }

    /// <summary>Facts that the pack reads.</summary>
    public required int Facts { get; init; }

    /// <summary>Pairs of base rules that can meet in a case, as far as their single facts tell.</summary>
    public required long Pairs { get; init; }

    /// <summary>Searches made.</summary>
    public required long Searches { get; init; }

    /// <summary>Steps of all searches.</summary>
    public required long Steps { get; init; }
}
