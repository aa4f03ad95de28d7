using System.Buffers;

namespace BriData.Entries;

/// <summary>
/// The forms of identifiers: agency <c>CN/customs</c>, data set <c>CN/customs/declarations</c>. A slug has 1 to 48
/// characters of <c>[a-z0-9-]</c> and starts with a letter or digit.
/// </summary>
public static class Identifiers
{
    private const int MaxSlug = 48;
    private const int MaxAgreement = 64;

    private static readonly SearchValues<char> SlugCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsSlug(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxSlug && text[0] != '-' && !text.ContainsAnyExcept(SlugCharacters);

    public static bool IsAgency(string text) =>
        text.Length > 3 && text[2] == '/' && IsCountryForm(text) && IsSlug(text.AsSpan(3));

    public static bool IsDataSet(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 3 && IsAgency(text[..slash]) && IsSlug(text.AsSpan(slash + 1));
    }

    /// <summary>A data set, or an agency followed by <c>/*</c>.</summary>
    public static bool IsDataSetPattern(string text) =>
        text.EndsWith("/*", StringComparison.Ordinal) ? IsAgency(text[..^2]) : IsDataSet(text);

    /// <summary>An agreement identifier: 2 to 64 characters of <c>[a-z0-9-]</c>, starting with a letter or digit.</summary>
    public static bool IsAgreement(ReadOnlySpan<char> text) =>
        text.Length is >= 2 and <= MaxAgreement && text[0] != '-' && !text.ContainsAnyExcept(SlugCharacters);

    /// <summary>The agency of a data set identifier.</summary>
    public static string AgencyOf(string dataSet) => dataSet[..dataSet.LastIndexOf('/')];

    private static bool IsCountryForm(string text) => char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);
}
