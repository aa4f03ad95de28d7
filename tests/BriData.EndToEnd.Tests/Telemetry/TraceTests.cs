using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Telemetry;

/// <summary>An operator sees a request, its grain call and its commit as one trace.</summary>
public sealed class TraceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Request_WithOtlpConfigured_IsOneTraceFromHttpToCommit()
    {
        using var collector = new TraceCollector();
        await using var gateway = new GatewayProcess(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_BSP_SCHEDULE_DELAY=200");

        // The first exchange of the start is the request to be seen.
        await gateway.StartAsync();

        await Eventually.TrueAsync("a trace with request, grain call and commit", () => collector.Traces.Any(IsWhole), Deadline, () => Seen(collector));
    }

    private static bool IsWhole(IEnumerable<string> spans)
    {
        var names = spans.ToArray();
        return names.Contains("POST /v1/transfers/")
            && names.Any(n => n.Contains("IAgreementGrain", StringComparison.Ordinal))
            && names.Contains("ledger.commit");
    }

    private static string Seen(TraceCollector collector) =>
        string.Join('\n', collector.Traces.Where(t => t.Any(n => n.Contains("transfers", StringComparison.Ordinal))).Take(10).Select(t => string.Join(" | ", t)));
}
