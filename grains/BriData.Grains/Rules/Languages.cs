using System.Collections.Immutable;

namespace BriData.Grains.Rules;

/// <summary>Chooses among texts by language (RFC 4647 lookup).</summary>
internal static class Languages
{
    /// <summary>The text in the most wanted language that there is; English when there is none of them.</summary>
    /// <param name="texts">Text by language tag; <c>en</c> is there.</param>
    /// <param name="wanted">Language tags, most wanted first.</param>
    public static string Choose(ImmutableSortedDictionary<string, string> texts, ImmutableArray<string> wanted)
    {
        foreach (var tag in wanted)
        {
            if (texts.TryGetValue(tag, out var exact))
            {
                return exact;
            }

            var primary = tag.Split('-')[0];
            foreach (var (language, text) in texts)
            {
                if (string.Equals(language.Split('-')[0], primary, StringComparison.OrdinalIgnoreCase))
                {
                    return text;
                }
            }
        }

        return texts["en"];
    }
}
