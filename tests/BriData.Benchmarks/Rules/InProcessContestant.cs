using System.Diagnostics;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Rules;

/// <summary>An evaluator in this process; one thread, one decision at a time.</summary>
internal sealed class InProcessContestant(IRuleEvaluator evaluator, int requests) : IContestant
{
    public string Name => evaluator.Name;

    public Task<IReadOnlyList<int>> AnswerAsync() =>
        Task.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, requests).Select(evaluator.Decide)]);

    public Task<RuleMeasurement> MeasureAsync(TimeSpan time)
    {
        var latencies = new LatencyHistogram();
        Drive(latencies, time);
        latencies.Clear();
        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drive(latencies, time);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return Task.FromResult(new RuleMeasurement(
            Name, latencies.Count, latencies.Quantile(0.5) / 1e3, latencies.Quantile(0.99) / 1e3, (double)allocated / latencies.Count, CallMicroseconds: null));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Drive(LatencyHistogram latencies, TimeSpan time)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var request = 0;
        long started;
        do
        {
            started = Stopwatch.GetTimestamp();
            evaluator.Decide(request);
            latencies.Record((long)Stopwatch.GetElapsedTime(started).TotalNanoseconds);
            request = request + 1 == requests ? 0 : request + 1;
        }
        while (started < end);
    }
}
