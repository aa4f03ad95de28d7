namespace BriData.EndToEnd.Tests.Architecture;

/// <summary>The root holds the five folders, the solution, the README and what tools look for there; nothing else.</summary>
public sealed class RootFolderTests
{
    private static readonly string[] Folders = ["gateway", "grains", "infra", "silo", "tests"];
    private static readonly string[] Files = ["BriData.sln", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "global.json"];

    // Not part of the tree: what builds, runs and tests leave behind (.gitignore).
    private static readonly string[] LeftBehind = ["data", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules", "bin", "obj"];

    [Fact]
    public void Root_Folders_AreTheFive() =>
        Assert.Equal(Folders, Names(Directory.GetDirectories(Repository.Root)).Where(n => !n.StartsWith('.') && !LeftBehind.Contains(n)));

    [Fact]
    public void Root_Files_AreThoseAgreed() =>
        Assert.All(
            Names(Directory.GetFiles(Repository.Root)),
            n => Assert.True(n.StartsWith('.') || n.StartsWith("Directory.", StringComparison.Ordinal) || Files.Contains(n), $"'{n}' does not belong in the root."));

    [Fact]
    public void Root_FilesThatReadersExpect_AreThere() => Assert.All(Files, f => Assert.True(File.Exists(Path.Combine(Repository.Root, f)), $"{f} is missing."));

    private static IEnumerable<string> Names(string[] paths) => paths.Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);
}
