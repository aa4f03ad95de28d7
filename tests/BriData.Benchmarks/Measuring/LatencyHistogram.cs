using System.Numerics;

namespace BriData.Benchmarks.Measuring;

/// <summary>Counts of durations in buckets of at most 1/64 relative width; recording allocates nothing. Not for concurrent use.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits + 1) * SubBuckets];

    public long Count { get; private set; }

    public void Record(long value)
    {
        _counts[IndexOf(Math.Max(0, value))]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The value below which this share of the recorded ones lies; 0 when there are none.</summary>
    public long Quantile(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        for (var i = 0; i < _counts.Length && left > 0; i++)
        {
            left -= _counts[i];
            if (left <= 0)
            {
                return MiddleOf(i);
            }
        }

        return 0;
    }

    private static int IndexOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long MiddleOf(int index)
    {
        var shift = Math.Max(0, (index / SubBuckets) - 1);
        var value = (long)(index - (shift * SubBuckets)) << shift;
        return value + ((1L << shift) / 2);
    }
}
