namespace BriData.Benchmarks.Rules;

/// <summary>An evaluator loaded with a table, that answers its requests and is timed.</summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>As the report names it.</summary>
    string Name { get; }

    /// <summary>For each request the number of the row that decides it; -1 where none applies.</summary>
    Task<IReadOnlyList<int>> AnswerAsync();

    /// <summary>Times single decisions for this long, after a warm-up of the same length.</summary>
    Task<RuleMeasurement> MeasureAsync(TimeSpan time);
}
