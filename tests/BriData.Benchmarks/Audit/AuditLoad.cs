using System.Diagnostics;
using BriData.Benchmarks.Measuring;
using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>Entries come in at a steady rate while two auditors ask; passes are half a second apart, as in the platform.</summary>
internal sealed class AuditLoad(IAuditIndex index, AuditTraffic traffic, IReadOnlyList<AuditInquiry> inquiries, AuditOptions options)
{
    private const int Auditors = 2;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    public async Task<AuditLoadResult> RunAsync()
    {
        var lag = new LatencyHistogram();
        using var over = new CancellationTokenSource();
        var asking = Enumerable.Range(0, Auditors).Select(n => Task.Run(() => AskAsync(n, over.Token))).ToList();
        var started = Stopwatch.GetTimestamp();
        var taken = 0L;
        while (Stopwatch.GetElapsedTime(started) < options.Measured)
        {
            await Task.Delay(Linger);
            taken += await PassAsync(started, taken, lag);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await over.CancelAsync();
        var times = new LatencyHistogram();
        foreach (var auditor in asking)
        {
            times.Add(await auditor);
        }

        return new AuditLoadResult(
            seconds,
            taken / seconds,
            times.Count,
            AuditAsking.Milliseconds(times.Quantile(0.5)),
            AuditAsking.Milliseconds(times.Quantile(0.99)),
            AuditAsking.Milliseconds(lag.Quantile(0.5)),
            AuditAsking.Milliseconds(lag.Quantile(0.99)),
            AuditAsking.Milliseconds(lag.Quantile(1)));
    }

    // Takes what has arrived by now, in transactions of the projector's size.
    private async Task<long> PassAsync(long started, long taken, LatencyHistogram lag)
    {
        var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * options.Rate) - taken;
        for (var done = 0L; done < due;)
        {
            var batch = Enumerable.Range(0, (int)Math.Min(AuditBuild.BatchSize, due - done)).Select(_ => traffic.Next()).ToList();
            await index.ApplyAsync(batch);
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < batch.Count; i++)
            {
                var arrived = started + (long)((taken + done + i) * (double)Stopwatch.Frequency / options.Rate);
                lag.Record(now - arrived);
            }

            done += batch.Count;
        }

        return due;
    }

    private async Task<LatencyHistogram> AskAsync(int auditor, CancellationToken over)
    {
        var random = new Random(auditor);
        var asking = new AuditAsking(index, random);
        while (!over.IsCancellationRequested)
        {
            await asking.AskAsync(inquiries[random.Next(inquiries.Count)]);
        }

        return asking.Times;
    }
}
