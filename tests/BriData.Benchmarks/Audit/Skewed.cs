namespace BriData.Benchmarks.Audit;

/// <summary>Draws from a list in which the n-th value is about n times rarer than the first (Zipf's law).</summary>
internal sealed class Skewed<T>
{
    private readonly T[] _values;
    private readonly double[] _upTo;

    public Skewed(IEnumerable<T> values)
    {
        _values = [.. values];
        _upTo = new double[_values.Length];
        var sum = 0.0;
        for (var i = 0; i < _values.Length; i++)
        {
            _upTo[i] = sum += 1.0 / (i + 1);
        }
    }

    public IReadOnlyList<T> Values => _values;

    public T Draw(Random random)
    {
        var at = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return _values[Math.Min(at < 0 ? ~at : at, _values.Length - 1)];
    }

    /// <summary>Each value as likely as any other: rare ones are asked for too.</summary>
    public T Any(Random random) => _values[random.Next(_values.Length)];
}
