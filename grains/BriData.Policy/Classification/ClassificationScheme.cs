using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BriData.Policy.Classification;

/// <summary>
/// A country's own ladder of marks, each mapped to the neutral ladder. Immutable. A mark that the scheme does not list
/// is unknown, and unknown denies.
/// </summary>
public sealed class ClassificationScheme
{
    /// <summary>Largest document that is read, in bytes.</summary>
    public const int MaxDocumentBytes = 64 * 1024;

    /// <summary>Most marks a scheme may hold.</summary>
    public const int MaxMarks = 64;

    private readonly FrozenDictionary<string, SchemeMark> byCode;

    internal ClassificationScheme(
        string country,
        string version,
        ImmutableSortedDictionary<string, string> title,
        ImmutableArray<SchemeMark> marks)
    {
        Country = country;
        Version = version;
        Title = title;
        Marks = marks;
        Reference = $"{country}@{version}";
        byCode = marks.ToFrozenDictionary(mark => mark.Code, StringComparer.Ordinal);
    }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; }

    /// <summary>The version as the country names it.</summary>
    public string Version { get; }

    /// <summary>Title by language tag.</summary>
    public ImmutableSortedDictionary<string, string> Title { get; }

    /// <summary>The marks in the order of the document.</summary>
    public ImmutableArray<SchemeMark> Marks { get; }

    /// <summary>Country and version, as decisions record it: <c>CN@2026-01</c>.</summary>
    public string Reference { get; }

    /// <summary>Reads a scheme. Never throws on bad input; every problem found is reported.</summary>
    public static SchemeParseResult Parse(ReadOnlySpan<byte> utf8Json) => SchemeReader.Read(utf8Json);

    /// <summary>Finds a mark by its exact code.</summary>
    public bool TryGetMark(string mark, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SchemeMark? found)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return byCode.TryGetValue(mark, out found);
    }
}
