namespace BriData.EndToEnd.Tests.Architecture;

/// <summary>Arrows between projects point one way (design, section 5).</summary>
public sealed class ArrowTests
{
    /// <summary>What each project may refer to. A project that is not listed here has no place yet.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["BriData.Contracts"] = [],
        ["BriData.Policy"] = [],
        ["BriData.Ledger"] = [],
        ["BriData.Identity"] = ["BriData.Contracts"],
        ["BriData.Entries"] = ["BriData.Contracts", "BriData.Policy", "BriData.Ledger"],
        ["BriData.Grains"] = ["BriData.Contracts", "BriData.Policy", "BriData.Ledger", "BriData.Entries", "BriData.Identity"],
        ["BriData.Storage.Sqlite"] = ["BriData.Ledger"],
        ["BriData.Storage.AzureBlob"] = ["BriData.Ledger"],
        ["BriData.Silo"] = ["BriData.Grains", "BriData.Storage.Sqlite", "BriData.Storage.AzureBlob"],
        ["BriData.Gateway"] = ["BriData.Contracts", "BriData.Identity", "BriData.Silo"],
        ["BriData.Cli"] = ["BriData.Ledger", "BriData.Policy", "BriData.Entries"],
    };

    public static TheoryData<string> Projects => [.. Repository.Products.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfAProject_PointOneWay(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} has no place among the arrows.");
        Assert.All(Repository.ReferencesOf(project), r => Assert.Contains(r, Allowed[project]));
    }

    [Fact]
    public void Packages_OfContracts_AreTheOrleansSdkAlone() => Assert.Equal(["Microsoft.Orleans.Sdk"], Repository.PackagesOf("BriData.Contracts"));

    [Theory]
    [InlineData("BriData.Policy")]
    [InlineData("BriData.Ledger")]
    public void Packages_OfPureProjects_HoldNoHost(string project)
    {
        Assert.DoesNotContain(Repository.PackagesOf(project), p => p.Contains("Orleans", StringComparison.Ordinal) || p.Contains("AspNetCore", StringComparison.Ordinal) || p.Contains("Azure", StringComparison.Ordinal) || p.Contains("Sqlite", StringComparison.Ordinal));
        Assert.Empty(Repository.Products[project].Descendants("FrameworkReference"));
    }

    [Fact]
    public void Products_Expected_AreAllThere() =>
        Assert.Superset(
            new HashSet<string> { "BriData.Contracts", "BriData.Policy", "BriData.Ledger", "BriData.Entries", "BriData.Identity", "BriData.Grains", "BriData.Storage.Sqlite", "BriData.Silo", "BriData.Gateway" },
            Repository.Products.Keys.ToHashSet());

    [Fact]
    public void Solution_EveryProject_IsInIt()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "BriData.sln"));
        var projects = new[] { "grains", "silo", "gateway", "tests" }
            .SelectMany(f => Directory.GetFiles(Path.Combine(Repository.Root, f), "*.csproj", SearchOption.AllDirectories))
            .Select(Path.GetFileNameWithoutExtension);
        Assert.All(projects, p => Assert.Contains($"\"{p}\"", solution, StringComparison.Ordinal));
    }
}
