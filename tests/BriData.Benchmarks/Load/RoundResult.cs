using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Load;

/// <summary>What one round showed.</summary>
internal sealed record RoundResult(Target Target, ProcessCounters Used, LatencyHistogram Latencies, long AnswerBytes)
{
    /// <summary>Requests answered per second.</summary>
    public double Rate => Latencies.Count / Used.Elapsed.TotalSeconds;
}
