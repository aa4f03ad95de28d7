namespace BriData.Benchmarks.Audit;

/// <summary>How far the index was behind while it was asked.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="Rate">Entries a second that came in.</param>
/// <param name="Questions">Questions answered meanwhile.</param>
/// <param name="QuestionP50Milliseconds">Their median.</param>
/// <param name="QuestionP99Milliseconds">Their 99th percentile.</param>
/// <param name="LagP50Milliseconds">Time from an entry's arrival until it could be found, median.</param>
/// <param name="LagP99Milliseconds">The same, 99th percentile.</param>
/// <param name="LagMaxMilliseconds">The longest.</param>
internal sealed record AuditLoadResult(
    double Seconds,
    double Rate,
    long Questions,
    double QuestionP50Milliseconds,
    double QuestionP99Milliseconds,
    double LagP50Milliseconds,
    double LagP99Milliseconds,
    double LagMaxMilliseconds);
