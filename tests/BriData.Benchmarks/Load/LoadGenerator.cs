using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Load;

/// <summary>All callers together, over loopback sockets.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private readonly ImmutableArray<LoadClient> _clients;
    private readonly ImmutableArray<string> _agreements;

    public LoadGenerator(IPEndPoint address, ImmutableArray<string> agreements, ImmutableArray<string> tokens, int clients)
    {
        _agreements = agreements;
        ImmutableArray<byte[]> names = [.. agreements.Select(Encoding.ASCII.GetBytes)];
        _clients = [.. Enumerable.Range(0, clients).Select(i => new LoadClient(i, address.ToString(), tokens[i % tokens.Length], names))];
    }

    /// <summary>Transfers answered with 201, by agreement.</summary>
    public ImmutableDictionary<string, long> Acknowledged => _agreements
        .Select((id, i) => (id, Count: _clients.Sum(c => c.Acknowledged[i])))
        .ToImmutableDictionary(a => a.id, a => a.Count);

    public Task ConnectAsync(IPEndPoint address) => Task.WhenAll(_clients.Select(c => c.Connection.ConnectAsync(address)));

    /// <summary>One round.</summary>
    /// <exception cref="BenchmarkFailedException">An answer was not 201, or did not come in time.</exception>
    public async Task<RoundResult> RunAsync(Target target, TimeSpan duration)
    {
        // A collected heap at the start, so that a round does not pay for the one before.
        GC.Collect();
        using var timeout = new CancellationTokenSource(duration + AnswerTimeout);
        using var registration = timeout.Token.Register(Dispose);
        var before = ProcessCounters.Now();
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        try
        {
            await Task.WhenAll(_clients.Select(c => Task.Run(() => c.RunAsync(target, end))));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new BenchmarkFailedException(timeout.IsCancellationRequested
                ? $"{target} left requests unanswered for {AnswerTimeout.TotalSeconds} s."
                : $"A connection to {target} broke: {e.Message}");
        }

        var used = ProcessCounters.Now() - before;
        var latencies = new LatencyHistogram();
        foreach (var client in _clients)
        {
            latencies.Add(client.Latencies);
        }

        return new RoundResult(target, used, latencies, _clients.Sum(c => c.AnswerBytes));
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }
}
