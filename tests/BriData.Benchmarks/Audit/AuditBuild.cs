using System.Diagnostics;
using BriData.Benchmarks.Measuring;
using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>Fills an index through the path that the platform uses.</summary>
internal static class AuditBuild
{
    public const int BatchSize = 2_000;
    private const int Singles = 200;
    private const int ReportEvery = 500_000;

    /// <summary>Two years of traffic.</summary>
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Span = TimeSpan.FromDays(730);

    public static async Task<AuditBuildResult> FillAsync(IAuditIndex index, AuditTraffic traffic, int entries, TextWriter log)
    {
        var (spent, used) = (TimeSpan.Zero, TimeSpan.Zero);
        var times = new LatencyHistogram();
        var batch = new List<AuditRecord>(BatchSize);
        for (var done = 0; done < entries; done += batch.Count)
        {
            batch.Clear();
            while (batch.Count < BatchSize && done + batch.Count < entries)
            {
                batch.Add(traffic.Next());
            }

            var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await index.ApplyAsync(batch);
            times.Record(Stopwatch.GetTimestamp() - started);
            spent += Stopwatch.GetElapsedTime(started);
            used += Environment.CpuUsage.TotalTime - before;
            if ((done + batch.Count) % ReportEvery == 0)
            {
                await log.WriteLineAsync($"{done + batch.Count} entries, {(done + batch.Count) / spent.TotalSeconds:f0}/s, {traffic.Now:yyyy-MM-dd}");
            }
        }

        return new AuditBuildResult(
            entries / spent.TotalSeconds,
            used.TotalMicroseconds / entries,
            AuditAsking.Milliseconds(times.Quantile(0.5)),
            AuditAsking.Milliseconds(times.Quantile(1)));
    }

    /// <returns>Median processor time to take in an entry alone, in microseconds.</returns>
    public static async Task<double> SinglesAsync(IAuditIndex index, AuditTraffic traffic)
    {
        var times = new double[Singles];
        for (var i = 0; i < Singles; i++)
        {
            AuditRecord[] one = [traffic.Next()];
            var before = Environment.CpuUsage.TotalTime;
            await index.ApplyAsync(one);
            times[i] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Singles / 2];
    }

    public static async Task<Dictionary<LedgerId, long>> ProgressAsync(IAuditIndex index) => new(await index.GetProgressAsync());
}
