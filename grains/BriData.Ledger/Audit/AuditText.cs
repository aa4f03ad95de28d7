namespace BriData.Ledger.Audit;

/// <summary>Word search: text is split at everything that is neither letter nor digit; case is ignored.</summary>
public static class AuditText
{
    /// <summary>The words of a text in their order, in lower case.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(string.Create(i - start, text[start..i], static (word, part) => part.ToLowerInvariant(word)));
            }

            start = i + 1;
        }

        return words;
    }

    /// <summary>
    /// What a query asks for: split at white space, each part as its words, which must stand side by side in the text, the
    /// last as a prefix. Parts without letters and digits ask for nothing and are left out.
    /// </summary>
    public static IEnumerable<List<string>> Phrases(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(static part => Words(part)).Where(static words => words.Count > 0);
    }

    /// <summary>Whether every phrase of the query occurs in the text.</summary>
    public static bool Matches(string text, string query)
    {
        var words = Words(text);
        return Phrases(query).All(phrase => Occurs(words, phrase));
    }

    private static bool Occurs(List<string> words, List<string> phrase)
    {
        for (var i = 0; i + phrase.Count <= words.Count; i++)
        {
            var j = 0;
            while (j < phrase.Count - 1 && words[i + j] == phrase[j])
            {
                j++;
            }

            if (j == phrase.Count - 1 && words[i + j].StartsWith(phrase[j], StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
