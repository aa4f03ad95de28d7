using System.Globalization;
using System.Text;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>
/// Words as the full-text index holds them: lower case, each with the number of its record's audience before it, as in
/// <c>12xpurpose</c>. The digits before the first <c>x</c> are the audience, so no word of one audience is, or begins
/// like, a word of another.
/// </summary>
internal static class AuditWords
{
    /// <summary>What stands before every word of an audience.</summary>
    public static string Prefix(long audience) => string.Create(CultureInfo.InvariantCulture, $"{audience}x");

    /// <summary>Appends the text's words in index form.</summary>
    public static void Append(StringBuilder index, string prefix, ReadOnlySpan<char> text)
    {
        while (TryTake(ref text, out var word))
        {
            index.Append(prefix);
            foreach (var c in word)
            {
                index.Append(char.ToLowerInvariant(c));
            }

            index.Append(' ');
        }
    }

    /// <summary>
    /// The full-text expression for a query: every word (split at white space) must occur, its parts as neighbours, the
    /// last as a prefix. Null when the query asks for no word. INVARIANT: only letters, digits and what is written here
    /// get into the expression, so no character of the query is an operator.
    /// </summary>
    public static string? Expression(string query, IReadOnlyList<long> audiences)
    {
        var words = query
            .Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => word.Any(char.IsLetterOrDigit))
            .ToList();
        if (words.Count == 0)
        {
            return null;
        }

        var expression = new StringBuilder();
        foreach (var audience in audiences)
        {
            var prefix = Prefix(audience);
            expression.Append(expression.Length == 0 ? "(" : " OR (");
            for (var i = 0; i < words.Count; i++)
            {
                expression.Append(i == 0 ? "\"" : " AND \"");
                Append(expression, prefix, words[i]);
                expression.Length--;
                expression.Append("\" *");
            }

            expression.Append(')');
        }

        return expression.ToString();
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> word)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        word = text[start..end];
        text = text[end..];
        return word.Length > 0;
    }
}
