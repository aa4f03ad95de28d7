using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Rules;

/// <summary>
/// Cedar as WebAssembly in a Node process of its own, policies parsed once and kept (<c>preparsePolicySet</c>,
/// <c>statefulIsAuthorized</c>). It times itself, so that no pipe is in its figures; the crossing from JavaScript into
/// WebAssembly, which every caller of this package pays, is.
/// </summary>
internal sealed class CedarContestant(RuleTable table) : IContestant
{
    private readonly Process _node = CedarInstallation.Start();

    public string Name { get; private set; } = "Cedar";

    public async Task<IReadOnlyList<int>> AnswerAsync()
    {
        var answer = await ExchangeAsync(CedarPolicies.Write(table), RuleReportJson.Default.CedarAnswers);
        Name = $"Cedar {answer.Cedar} (Node {answer.Node})";
        return answer.Answers;
    }

    public async Task<RuleMeasurement> MeasureAsync(TimeSpan time)
    {
        var measured = await ExchangeAsync(time.TotalSeconds.ToString(CultureInfo.InvariantCulture), RuleReportJson.Default.CedarTimes);
        var latencies = Histogram(measured.Times);
        return new RuleMeasurement(
            Name, latencies.Count, latencies.Quantile(0.5) / 1e3, latencies.Quantile(0.99) / 1e3, AllocatedBytes: null, Histogram(measured.EmptyTimes).Quantile(0.5) / 1e3);
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private async Task<T> ExchangeAsync<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        await _node.StandardInput.WriteLineAsync(line);
        await _node.StandardInput.FlushAsync();
        return await _node.StandardOutput.ReadLineAsync() is { } answer
            ? JsonSerializer.Deserialize(answer, type)!
            : throw new BenchmarkFailedException($"Cedar stopped: {await _node.StandardError.ReadToEndAsync()}");
    }

    private static LatencyHistogram Histogram(long[] nanoseconds)
    {
        var histogram = new LatencyHistogram();
        Array.ForEach(nanoseconds, histogram.Record);
        return histogram;
    }
}
