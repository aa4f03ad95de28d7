namespace BriData.Policy.Facts;

/// <summary>The shapes of the names that documents carry.</summary>
internal static class Identifiers
{
    public static bool IsVersion(string text) => text.Length is > 0 and <= 40 && All(text, static c => IsWord(c) || c == '.');

    /// <summary>A mark is kept as the country writes it, so any letters, and the signs that marks are written with.</summary>
    public static bool IsMark(string text) =>
        text.Length is > 0 and <= 60
        && text.Trim().Length == text.Length
        && All(text, static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '/' or '+' or '(' or ')');

    public static bool IsRuleId(string text) =>
        text.Length is > 0 and <= 80 && All(text, static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    /// <summary>A simplified RFC 5646 tag: a language of two or three letters, then subtags of two to eight characters.</summary>
    public static bool IsLanguage(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 4 || parts[0].Length is < 2 or > 3 || !All(parts[0], char.IsAsciiLetterLower))
        {
            return false;
        }

        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].Length is < 2 or > 8 || !All(parts[i], char.IsAsciiLetterOrDigit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool All(string text, Func<char, bool> test)
    {
        foreach (var c in text)
        {
            if (!test(c))
            {
                return false;
            }
        }

        return true;
    }
}
