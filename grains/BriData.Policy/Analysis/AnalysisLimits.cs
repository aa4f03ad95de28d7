namespace BriData.Policy.Analysis;

/// <summary>How much work an analysis may do. Whatever a limit cuts off is told by <see cref="PackAnalysis.Complete"/>.</summary>
public sealed record AnalysisLimits
{
    /// <summary>Limits for the packs of one country: seconds for the largest that ships.</summary>
    public static AnalysisLimits Default { get; } = new();

    /// <summary>Most steps of one search; 10,000 by default. A search that needs more gives up, and its question stays open.</summary>
    public int StepsPerSearch { get; init; } = 10_000;

    /// <summary>Most steps of all searches together; 100,000 by default.</summary>
    public long Steps { get; init; } = 100_000;

    /// <summary>Most values of one fact that are told apart; 2,000 by default. A pack that needs more is looked at in part.</summary>
    public int ValuesPerFact { get; init; } = 2_000;

    /// <summary>Most findings; 200 by default.</summary>
    public int Findings { get; init; } = 200;

    /// <summary>Most notes; 500 by default. Reaching it leaves the analysis complete: a note is no fault.</summary>
    public int Notes { get; init; } = 500;

    /// <summary>Most pieces of uncovered ground that are put together to regions; 48 by default.</summary>
    public int UncoveredPieces { get; init; } = 48;
}
