using System.Diagnostics;

namespace BriData.Benchmarks.Measuring;

/// <summary>What this process, server and load generator together, has used.</summary>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Cpu">Processor time of all threads.</param>
/// <param name="GcPause">Time all threads stood still for the garbage collector.</param>
/// <param name="AllocatedBytes">Managed memory allocated.</param>
internal readonly record struct ProcessCounters(TimeSpan Elapsed, TimeSpan Cpu, TimeSpan GcPause, long AllocatedBytes)
{
    /// <summary>Totals since some fixed moment.</summary>
    public static ProcessCounters Now() => new(
        TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency),
        Environment.CpuUsage.TotalTime,
        GC.GetTotalPauseDuration(),
        GC.GetTotalAllocatedBytes(precise: true));

    public static ProcessCounters operator -(ProcessCounters a, ProcessCounters b) =>
        new(a.Elapsed - b.Elapsed, a.Cpu - b.Cpu, a.GcPause - b.GcPause, a.AllocatedBytes - b.AllocatedBytes);

    public static ProcessCounters operator +(ProcessCounters a, ProcessCounters b) =>
        new(a.Elapsed + b.Elapsed, a.Cpu + b.Cpu, a.GcPause + b.GcPause, a.AllocatedBytes + b.AllocatedBytes);
}
