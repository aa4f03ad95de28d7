using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BriData.Policy.Texts;

/// <summary>
/// The words for the codes that people meet, in every language of <see cref="Languages"/>. Read once, when first asked
/// for; safe for concurrent use.
/// </summary>
public static class CodeTexts
{
    private static readonly Lazy<ImmutableArray<CodeText>> Entries = new(Load);

    private static readonly Lazy<FrozenDictionary<(CodeKind, string), ImmutableSortedDictionary<string, string>>> ByCode =
        new(() => All.ToFrozenDictionary(entry => (entry.Kind, entry.Code), entry => entry.Texts));

    /// <summary>The languages of every text, sorted ordinally.</summary>
    public static ImmutableArray<string> Languages { get; } = ["en", "ru", "zh-CN"];

    /// <summary>Every text, sorted by kind and then ordinally by code.</summary>
    public static ImmutableArray<CodeText> All => Entries.Value;

    /// <summary>
    /// The text of a code by language, or null for a code that the kind does not have. Codes are compared ordinally; a
    /// fact is found by its first name only.
    /// </summary>
    public static ImmutableSortedDictionary<string, string>? Find(CodeKind kind, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ByCode.Value.GetValueOrDefault((kind, code));
    }

    private static ImmutableArray<CodeText> Load()
    {
        using var stream = typeof(CodeTexts).Assembly.GetManifestResourceStream("texts/codes.yaml")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return [.. CodeTextReader.Read(content).OrderBy(entry => entry.Kind).ThenBy(entry => entry.Code, StringComparer.Ordinal)];
    }
}
