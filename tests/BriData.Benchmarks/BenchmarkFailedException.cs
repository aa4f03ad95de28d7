namespace BriData.Benchmarks;

/// <summary>The run shows something that must not be: an answer other than 201, or a ledger without what was acknowledged.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
