namespace BriData.Ledger.Audit;

/// <summary>Word search: text is split at everything that is neither letter nor digit; case is ignored.</summary>
internal static class AuditText
{
    /// <summary>
    /// Whether every word of the query (split at white space) occurs in the text: its parts as neighbours, the last as a
    /// prefix. A word without letters and digits asks for nothing.
    /// </summary>
    public static bool Matches(string text, string query)
    {
        var tokens = Tokens(text);
        foreach (var word in query.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Occurs(tokens, Tokens(word)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Occurs(List<string> tokens, List<string> word)
    {
        for (var i = 0; i + word.Count <= tokens.Count; i++)
        {
            var j = 0;
            while (j < word.Count - 1 && tokens[i + j] == word[j])
            {
                j++;
            }

            if (word.Count == 0 || (j == word.Count - 1 && tokens[i + j].StartsWith(word[j], StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return word.Count == 0;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                tokens.Add(text[start..i].ToLowerInvariant());
            }

            start = i + 1;
        }

        return tokens;
    }
}
