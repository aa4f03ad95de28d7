using System.Xml.Linq;

namespace BriData.EndToEnd.Tests.Architecture;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Every product project (not tests) by name.</summary>
    public static Dictionary<string, XDocument> Products { get; } = new[] { "grains", "silo", "gateway" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(p => Path.GetFileNameWithoutExtension(p), p => XDocument.Load(p));

    /// <summary>BriData projects that a project refers to.</summary>
    public static string[] ReferencesOf(string project) =>
        [.. Includes(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))).Order(StringComparer.Ordinal)];

    public static string[] PackagesOf(string project) => [.. Includes(project, "PackageReference").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Includes(string project, string element) =>
        Products[project].Descendants(element).Select(e => e.Attribute("Include")!.Value);

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "BriData.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("These tests are not below a folder with BriData.sln.");
        }

        return directory;
    }
}
