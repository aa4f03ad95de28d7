using System.Globalization;
using System.Text.RegularExpressions;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Audit;

/// <summary>The operator sees how the index stands, and has it built again while auditors search.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OperatorTests(SharedGateway gateway)
{
    private const string Status = "operator/audit-index";
    private const string Rebuild = "operator/audit-index/rebuild";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Rebuild_WhileSearching_GivesTheSameAnswersAndKeepsCursors()
    {
        var exchange = await Exchange.CreateAsync(_office);
        for (var n = 0; n < 6; n++)
        {
            await exchange.AskAsync();
        }

        var auditor = await _office.AuditorAsync("CN");
        var query = $"v1/audit/entries?agreement={exchange.Agreement}";
        var whole = (await auditor.GetAsync(query)).Is(200).Text;
        var first = (await auditor.GetAsync($"{query}&limit=3")).Is(200);
        var rest = $"{query}&cursor={Uri.EscapeDataString(first.Value("next")!)}";
        var behind = (await auditor.GetAsync(rest)).Is(200).Text;

        var asked = (await _office.Anonymous.SendAsync(HttpMethod.Post, Rebuild, null)).Is(202);
        Assert.NotNull(asked.Value("rebuild", "startedAt"));
        await Eventually.TrueAsync(
            "the rebuild ends",
            async () =>
            {
                Assert.Equal(whole, (await auditor.GetAsync(query)).Is(200).Text);
                return (await _office.Anonymous.GetAsync(Status)).Is(200).Value("rebuild", "state") != "running";
            },
            Deadline);

        var ended = (await _office.Anonymous.GetAsync(Status)).Is(200);
        Assert.Equal("done", ended.Value("rebuild", "state"));
        Assert.True(ended.Number("entries") >= 6 && ended.Number("ledgers") > 0, ended.Text);
        Assert.Equal(whole, (await auditor.GetAsync(query)).Is(200).Text);
        Assert.Equal(behind, (await auditor.GetAsync(rest)).Is(200).Text);
        var next = await exchange.AskAsync();
        Assert.Contains(next, (await auditor.GetAsync(query)).Is(200).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task OperatorsRoutes_ThroughAProxy_AreNotThere(string header, string value)
    {
        (await _office.Anonymous.SendAsync(HttpMethod.Get, Status, null, (header, value))).IsProblem(404, "route_not_found");
        (await _office.Anonymous.SendAsync(HttpMethod.Post, Rebuild, null, (header, value))).IsProblem(404, "route_not_found");
        (await _office.Anonymous.SendAsync(HttpMethod.Get, "metrics", null, (header, value))).IsProblem(404, "route_not_found");
    }

    [Fact]
    public async Task Metrics_OfTheIndex_TellItsLag()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskAsync();

        await Eventually.TrueAsync("the index has everything", async () => Gauge(await MetricsAsync(), "bridata_audit_lag_entries") == 0, Deadline);
        Assert.True(Gauge(await MetricsAsync(), "bridata_audit_lag_seconds") >= 0);
        Assert.True((await _office.Anonymous.GetAsync(Status)).Is(200).Number("lagEntries") >= 0);
    }

    private async Task<string> MetricsAsync() => (await _office.Anonymous.GetAsync("metrics")).Is(200).Text;

    private static double Gauge(string metrics, string name)
    {
        var line = Regex.Match(metrics, $@"^{name}(\{{[^}}]*\}})? (?<value>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture);
        Assert.True(line.Success, $"{name} is not among the metrics.");
        return double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
    }
}
