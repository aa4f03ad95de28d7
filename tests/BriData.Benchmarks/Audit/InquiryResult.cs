namespace BriData.Benchmarks.Audit;

/// <summary>How fast one question was answered.</summary>
/// <param name="Name">The question.</param>
/// <param name="Asked">How often.</param>
/// <param name="P50Milliseconds">Median.</param>
/// <param name="P99Milliseconds">99th percentile.</param>
/// <param name="MaxMilliseconds">The slowest.</param>
/// <param name="ProcessorP99Milliseconds">99th percentile of the processor time.</param>
/// <param name="Found">Entries per answer, on average.</param>
internal sealed record InquiryResult(string Name, long Asked, double P50Milliseconds, double P99Milliseconds, double MaxMilliseconds, double ProcessorP99Milliseconds, double Found);
