using System.Reflection;
using System.Text.RegularExpressions;
using BriData.EndToEnd.Tests.Architecture;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Documents;

/// <summary>What the README and the runbooks name is there: routes, metrics, settings, the address.</summary>
[Collection(GatewayGroup.Name)]
public sealed partial class RunbookTests(SharedGateway gateway)
{
    private static readonly string[] Files = [Path.Combine(Repository.Root, "README.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "infra", "runbooks"), "*.md")];

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Routes_NamedInDocuments_AreDescribed()
    {
        var described = (await _office.Anonymous.GetAsync("openapi/v1.json")).Is(200).Json.GetProperty("paths").EnumerateObject()
            .Select(p => new Regex($"^{Placeholder().Replace(Regex.Escape(p.Name).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+")}$")).ToArray();
        var named = Named(Route());

        Assert.InRange(named.Length, 10, 100);
        var missing = named.Where(route => !described.Any(d => d.IsMatch(Known(route))));
        Assert.Empty(missing);

        // The address of a ledger is no route of its own: its resources lie below it.
        static string Known(string route) => LedgerAddress().IsMatch(route) ? route + "/checkpoint" : route;
    }

    [Fact]
    public async Task Metrics_NamedInDocuments_AreServed()
    {
        var served = (await _office.Anonymous.GetAsync("metrics")).Is(200).Text;
        var counters = new[] { "grains", "silo" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*Instruments.cs", SearchOption.AllDirectories))
            .SelectMany(file => Counter().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value.Replace('.', '_') + "_total")).ToHashSet();
        var named = Named(Metric());

        Assert.InRange(named.Length, 5, 100);
        Assert.NotEmpty(counters);

        // A counter is served from the first time that it counts.
        var missing = named.Where(name => !served.Contains($"# TYPE {name} ", StringComparison.Ordinal) && !counters.Contains(name));
        Assert.Empty(missing);
    }

    [Fact]
    public void Settings_NamedInDocuments_AreBound()
    {
        var bound = Directory.GetFiles(AppContext.BaseDirectory, "BriData.*.dll")
            .Select(Assembly.LoadFrom)
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(t => t.GetProperties())
            .Where(p => p.SetMethod is not null)
            .Select(p => p.Name)
            .ToHashSet();
        var table = File.ReadAllLines(Path.Combine(Repository.Root, "infra", "runbooks", "operating.md")).SkipWhile(l => l != "## Settings").TakeWhile(l => l != "## What to back up");
        string[] named = [.. table.Where(l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(l => Setting().Matches(l.Split('|')[1]).Select(m => m.Groups[1].Value))];

        Assert.InRange(named.Length, 15, 100);
        var missing = named.Where(name => !bound.Contains(name.Split(':')[^1]));
        Assert.Empty(missing);
    }

    [Fact]
    public void Address_OfTheReadme_IsTheDefault()
    {
        var addresses = Named(Address());
        var settings = File.ReadAllText(Path.Combine(Repository.Root, "gateway", "BriData.Gateway", "appsettings.json"));

        Assert.Equal(["localhost:5080"], addresses);
        Assert.Contains("\"Urls\": \"http://localhost:5080\"", settings, StringComparison.Ordinal);
        Assert.Contains("\"ASPNETCORE_ENVIRONMENT\": \"Development\"", File.ReadAllText(Path.Combine(Repository.Root, "gateway", "BriData.Gateway", "Properties", "launchSettings.json")), StringComparison.Ordinal);
    }

    private static string[] Named(Regex what) =>
        [.. Files.SelectMany(file => what.Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value.TrimEnd('.')).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("(/v1/[A-Za-z0-9/{}:._-]+)")]
    private static partial Regex Route();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^/v1/ledgers/[a-z]+/[A-Za-z0-9.-]+$")]
    private static partial Regex LedgerAddress();

    [GeneratedRegex("`(bridata_[a-z_]+)`")]
    private static partial Regex Metric();

    [GeneratedRegex("CreateCounter<long>\\(\\s*\"([a-z.]+)\"")]
    private static partial Regex Counter();

    [GeneratedRegex("`((?:[A-Z][A-Za-z]*:)?[A-Z][A-Za-z]+)`")]
    private static partial Regex Setting();

    [GeneratedRegex("(localhost:[0-9]+)")]
    private static partial Regex Address();
}
