namespace BriData.Ledger.Audit;

/// <summary>
/// Word search: text is split into parts at everything that is neither letter nor digit; case is ignored. Parts with no white
/// space between them belong together, as those of <c>cn-kz-customs:42</c>.
/// </summary>
public static class AuditText
{
    /// <summary>Most characters of a query.</summary>
    public const int MaxLength = 200;

    /// <summary>Most parts that a query's words have, a repeated word counted once.</summary>
    public const int MaxWords = 16;

    /// <summary>Whether a query asks for more than one search may cost: each part of it is looked up on every sheet of the index.</summary>
    public static bool IsTooMuch(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Length > MaxLength || Phrases(query).Sum(static phrase => phrase.Count) > MaxWords;
    }

    /// <summary>The parts of a text in their order, in lower case.</summary>
    public static List<AuditWord> Words(ReadOnlySpan<char> text)
    {
        var words = new List<AuditWord>();
        var (start, together) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(new AuditWord(string.Create(i - start, text[start..i], static (word, part) => part.ToLowerInvariant(word)), together));
                together = true;
            }

            together = together && i < text.Length && !char.IsWhiteSpace(text[i]);
            start = i + 1;
        }

        return words;
    }

    /// <summary>
    /// What a query asks for: split at white space, the parts of each word, which must stand side by side in one word of the
    /// text, the last as a prefix. A word without letters and digits asks for nothing and is left out, and so is a repetition.
    /// </summary>
    public static List<List<string>> Phrases(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var phrases = new List<List<string>>();
        foreach (var word in Words(query))
        {
            if (!word.IsWithPrevious)
            {
                phrases.Add([]);
            }

            phrases[^1].Add(word.Text);
        }

        return [.. phrases.DistinctBy(static phrase => string.Join(' ', phrase))];
    }

    /// <summary>Whether every phrase of the query occurs in the text.</summary>
    public static bool Matches(string text, string query)
    {
        var words = Words(text);
        return Phrases(query).TrueForAll(phrase => Occurs(words, phrase));
    }

    private static bool Occurs(List<AuditWord> words, List<string> phrase)
    {
        for (var i = 0; i + phrase.Count <= words.Count; i++)
        {
            var j = 0;
            while (j < phrase.Count && IsPart(words[i + j], phrase, j))
            {
                j++;
            }

            if (j == phrase.Count)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(AuditWord word, List<string> phrase, int part) =>
        (part == 0 || word.IsWithPrevious)
        && (part == phrase.Count - 1 ? word.Text.StartsWith(phrase[part], StringComparison.Ordinal) : word.Text == phrase[part]);
}
