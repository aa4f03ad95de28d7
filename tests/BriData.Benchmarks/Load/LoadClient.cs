using System.Collections.Immutable;
using System.Diagnostics;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Load;

/// <summary>One caller: sends the next request when the last one is answered, going round the agreements.</summary>
internal sealed class LoadClient : IDisposable
{
    private const int Created = 201;

    private readonly int _number;
    private readonly ImmutableArray<byte[]> _agreements;
    private readonly ImmutableDictionary<Target, RequestTemplate> _templates;
    private readonly long[] _acknowledged;
    private long _counter;

    public LoadClient(int number, string host, string token, ImmutableArray<byte[]> agreements)
    {
        _number = number;
        _agreements = agreements;
        _acknowledged = new long[agreements.Length];
        _templates = Enum.GetValues<Target>()
            .ToImmutableDictionary(t => t, t => new RequestTemplate(t, host, token, number, agreements[0].Length));
    }

    public Connection Connection { get; } = new();

    /// <summary>Latencies of the round in nanoseconds.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Bytes of all answers of the round, heads included.</summary>
    public long AnswerBytes { get; private set; }

    /// <summary>Transfers answered with 201 under each agreement, over all rounds.</summary>
    public IReadOnlyList<long> Acknowledged => _acknowledged;

    /// <summary>Sends until <paramref name="end"/> (a <see cref="Stopwatch"/> timestamp); what is under way then is still awaited.</summary>
    public async Task RunAsync(Target target, long end)
    {
        var template = _templates[target];
        Latencies.Clear();
        AnswerBytes = 0;
        for (var started = Stopwatch.GetTimestamp(); started < end; started = Stopwatch.GetTimestamp())
        {
            var agreement = (int)((_number + _counter) % _agreements.Length);
            var head = await Connection.ExchangeAsync(template.With(_counter++, _agreements[agreement]));
            Latencies.Record((long)Stopwatch.GetElapsedTime(started).TotalNanoseconds);
            AnswerBytes += head.End;
            if (head.Status != Created)
            {
                throw new BenchmarkFailedException($"{target} answered {head.Status}: {Connection.LastBody(head)}");
            }

            if (target == Target.Transfers)
            {
                _acknowledged[agreement]++;
            }
        }
    }

    public void Dispose() => Connection.Dispose();
}
