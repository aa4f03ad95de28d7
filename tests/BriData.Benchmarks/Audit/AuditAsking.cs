using System.Diagnostics;
using BriData.Benchmarks.Measuring;
using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>Puts questions to an index and times every answer.</summary>
internal sealed class AuditAsking(IAuditIndex index, Random random)
{
    private const int MostPages = 4;

    private long _found;

    public LatencyHistogram Times { get; } = new();

    /// <summary>Processor time of this process per answer, in microseconds: what an answer takes on a machine that has nothing else to do.</summary>
    public LatencyHistogram Processor { get; } = new();

    public static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    public async Task<InquiryResult> MeasureAsync(AuditInquiry inquiry, TimeSpan measured)
    {
        await AskForAsync(inquiry, measured / 10);
        Times.Clear();
        Processor.Clear();
        _found = 0;
        await AskForAsync(inquiry, measured);
        return new InquiryResult(
            inquiry.Name,
            Times.Count,
            Milliseconds(Times.Quantile(0.5)),
            Milliseconds(Times.Quantile(0.99)),
            Milliseconds(Times.Quantile(1)),
            Processor.Quantile(0.99) / 1000.0,
            (double)_found / Times.Count);
    }

    /// <summary>The question once: a page, and mostly a few behind it.</summary>
    public async Task AskAsync(AuditInquiry inquiry)
    {
        var query = inquiry.Ask(random);
        for (var left = 1 + random.Next(MostPages); left > 0; left--)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var page = await index.SearchAsync(query);
            Times.Record(Stopwatch.GetTimestamp() - started);
            Processor.Record((long)(Environment.CpuUsage.TotalTime - used).TotalMicroseconds);
            _found += page.Items.Length;
            if (page.Next is null)
            {
                return;
            }

            query = query with { Cursor = page.Next };
        }
    }

    private async Task AskForAsync(AuditInquiry inquiry, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            await AskAsync(inquiry);
        }
        while (Stopwatch.GetElapsedTime(started) < time);
    }
}
