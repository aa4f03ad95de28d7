using System.Diagnostics;

namespace BriData.Benchmarks.Measuring;

/// <summary>How long the disk takes to make a small write durable. Without it a rate of durable commits says little.</summary>
internal static class DiskProbe
{
    private const int Writes = 100;
    private const int BlockBytes = 4096;

    /// <summary>Median time of a 4 KiB write with flush, in a file that is removed again.</summary>
    public static TimeSpan MedianFlush(string directory)
    {
        var path = Path.Combine(directory, Path.GetRandomFileName());
        var block = new byte[BlockBytes];
        var times = new TimeSpan[Writes];
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        for (var i = 0; i < Writes; i++)
        {
            var started = Stopwatch.GetTimestamp();
            file.Write(block);
            file.Flush(flushToDisk: true);
            times[i] = Stopwatch.GetElapsedTime(started);
        }

        Array.Sort(times);
        return times[Writes / 2];
    }
}
