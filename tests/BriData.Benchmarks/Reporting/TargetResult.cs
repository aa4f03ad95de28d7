using BriData.Benchmarks.Load;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Reporting;

/// <summary>One target over all rounds of an agreement count. Processor and memory include the load generator's share.</summary>
internal sealed record TargetResult(
    long Requests, double Rate, double P50Milliseconds, double P99Milliseconds, double AnswerBytes, double AllocatedBytes, double CpuMicroseconds, double GcPauseShare)
{
    /// <summary>Null when the target was not driven.</summary>
    public static TargetResult? Of(IReadOnlyCollection<RoundResult> rounds)
    {
        if (rounds.Count == 0)
        {
            return null;
        }

        var latencies = new LatencyHistogram();
        var used = default(ProcessCounters);
        foreach (var round in rounds)
        {
            latencies.Add(round.Latencies);
            used += round.Used;
        }

        var requests = Math.Max(1, latencies.Count);
        return new TargetResult(
            latencies.Count,
            latencies.Count / used.Elapsed.TotalSeconds,
            Milliseconds(latencies.Quantile(0.5)),
            Milliseconds(latencies.Quantile(0.99)),
            (double)rounds.Sum(r => r.AnswerBytes) / requests,
            (double)used.AllocatedBytes / requests,
            used.Cpu.TotalMicroseconds / requests,
            used.GcPause / used.Elapsed);
    }

    private static double Milliseconds(long nanoseconds) => nanoseconds / 1e6;
}
