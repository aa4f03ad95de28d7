using System.Collections.Immutable;

namespace BriData.Grains.Rules;

/// <summary>Chooses among texts by language (RFC 4647 lookup).</summary>
internal static class Languages
{
    private const string English = "en";

    /// <summary>The text in the most wanted language that there is; English when there is none of them.</summary>
    /// <param name="texts">Text by language tag; <c>en</c> is there.</param>
    /// <param name="wanted">Language tags, most wanted first.</param>
    public static string Choose(ImmutableSortedDictionary<string, string> texts, ImmutableArray<string> wanted) => texts[Of(texts.Keys, wanted)];

    /// <summary>The most wanted language that there is; English when there is none of them.</summary>
    public static string Of(IEnumerable<string> there, ImmutableArray<string> wanted)
    {
        foreach (var tag in wanted)
        {
            var primary = tag.Split('-')[0];
            var language = there.FirstOrDefault(l => string.Equals(l, tag, StringComparison.OrdinalIgnoreCase))
                ?? there.FirstOrDefault(l => string.Equals(l.Split('-')[0], primary, StringComparison.OrdinalIgnoreCase));
            if (language is not null)
            {
                return language;
            }
        }

        return English;
    }
}
