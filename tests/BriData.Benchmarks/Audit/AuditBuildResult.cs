namespace BriData.Benchmarks.Audit;

/// <summary>How fast an index takes entries in; making them is not counted.</summary>
/// <param name="PerSecond">Entries a second.</param>
/// <param name="ProcessorMicroseconds">Processor time per entry.</param>
/// <param name="BatchMilliseconds">Median time of a batch.</param>
/// <param name="LongestMilliseconds">Time of the longest one.</param>
internal sealed record AuditBuildResult(double PerSecond, double ProcessorMicroseconds, double BatchMilliseconds, double LongestMilliseconds);
