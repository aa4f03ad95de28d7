using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>
/// Typed access to one mapping. Reports unknown keys, missing keys and wrong types at their place, and gives a
/// harmless value so that reading goes on and finds the rest.
/// </summary>
internal sealed class MapReader
{
    private const int MaxTextLength = 4000;

    private readonly YamlMap map;
    private readonly ReadingErrors errors;

    private MapReader(YamlMap map, ReadingErrors errors)
    {
        this.map = map;
        this.errors = errors;
    }

    public YamlMap Map => map;

    public static MapReader? Open(YamlItem item, ReadingErrors errors, ReadOnlySpan<string> known)
    {
        if (item is not YamlMap map)
        {
            errors.Add(item, "wrong_type", "A mapping is expected here.");
            return null;
        }

        foreach (var (key, _) in map.Members)
        {
            if (!known.Contains(key.Value))
            {
                errors.Add(key, "unknown_key", $"The key '{Shorten(key.Value)}' is not known here.");
            }
        }

        return new MapReader(map, errors);
    }

    public YamlItem? Optional(string key) => map.Find(key);

    public YamlItem? Required(string key)
    {
        var item = map.Find(key);
        if (item is null)
        {
            errors.Add(map, "missing_key", $"The key '{key}' is missing.");
        }

        return item;
    }

    public string Text(string key) => Required(key) is { } item ? TextOf(item) : "";

    public string TextOf(YamlItem item)
    {
        if (item is not YamlScalar { Value.Length: > 0 and <= MaxTextLength } scalar)
        {
            errors.Add(item, "wrong_type", $"A text of 1 to {MaxTextLength} characters is expected here.");
            return "";
        }

        return scalar.Value;
    }

    public DateOnly Date(string key) => Required(key) is { } item ? DateOf(item) : default;

    public DateOnly? OptionalDate(string key) => Optional(key) is { } item ? DateOf(item) : null;

    public bool Flag(string key, bool otherwise)
    {
        if (Optional(key) is not { } item)
        {
            return otherwise;
        }

        if (YamlValues.AsBoolean(item) is { } value)
        {
            return value;
        }

        errors.Add(item, "wrong_type", "true or false is expected here.");
        return otherwise;
    }

    /// <summary>A list of codes of a vocabulary, sorted ordinally.</summary>
    public ImmutableArray<string> Codes(string key, Func<string, bool> isKnown, string errorCode, string what)
    {
        if (Optional(key) is not { } item)
        {
            return [];
        }

        if (item is not YamlList list)
        {
            errors.Add(item, "wrong_type", "A list is expected here.");
            return [];
        }

        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var element in list.Items)
        {
            if (element is not YamlScalar scalar || !isKnown(scalar.Value))
            {
                errors.Add(element, errorCode, $"'{Shown(element)}' is not {what}.");
            }
            else if (!codes.Add(scalar.Value))
            {
                errors.Add(element, "duplicate_value", $"'{scalar.Value}' occurs twice.");
            }
        }

        return [.. codes];
    }

    /// <summary>Texts by language; English must be among them.</summary>
    public ImmutableSortedDictionary<string, string> Texts(string key)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Required(key) is not { } item)
        {
            return texts.ToImmutable();
        }

        if (item is not YamlMap languages)
        {
            errors.Add(item, "wrong_type", "Texts by language are expected here.");
            return texts.ToImmutable();
        }

        foreach (var (language, text) in languages.Members)
        {
            if (!Identifiers.IsLanguage(language.Value))
            {
                errors.Add(language, "bad_language", $"'{Shorten(language.Value)}' is not a language tag.");
            }
            else
            {
                texts[language.Value] = TextOf(text);
            }
        }

        if (!texts.ContainsKey("en"))
        {
            errors.Add(item, "missing_key", "The English text 'en' is missing.");
        }

        return texts.ToImmutable();
    }

    public static string Shown(YamlItem item) => item is YamlScalar scalar ? Shorten(scalar.Value) : "a nested value";

    public static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private DateOnly DateOf(YamlItem item)
    {
        if (item is YamlScalar scalar && IsoDate.TryParse(scalar.Value, out var date))
        {
            return date;
        }

        errors.Add(item, "bad_date", $"'{Shown(item)}' is not a date such as 2026-06-15.");
        return default;
    }
}
