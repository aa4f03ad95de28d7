using System.Collections.Immutable;
using System.Text.Json;
using BriData.Policy.Facts;

namespace BriData.Policy.Classification;

/// <summary>The strict reading of a scheme document: unknown and repeated members are refused, sizes are bounded.</summary>
internal sealed class SchemeReader
{
    private const int MaxText = 200;

    private readonly ImmutableArray<SchemeError>.Builder errors = ImmutableArray.CreateBuilder<SchemeError>();

    public static SchemeParseResult Read(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new SchemeReader();
        var scheme = reader.ReadDocument(utf8Json);
        return reader.errors.Count == 0
            ? new SchemeParseResult(scheme, [])
            : new SchemeParseResult(null, reader.errors.ToImmutable());
    }

    private ClassificationScheme? ReadDocument(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > ClassificationScheme.MaxDocumentBytes)
        {
            Report("too_large", "$", $"A scheme may have at most {ClassificationScheme.MaxDocumentBytes} bytes.");
            return null;
        }

        try
        {
            var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 8 });
            using var document = JsonDocument.ParseValue(ref json);
            if (json.Read())
            {
                Report("not_json", "$", "The document has content after its end.");
                return null;
            }

            return ReadScheme(document.RootElement);
        }
        catch (JsonException)
        {
            Report("not_json", "$", "The document is not well-formed JSON, or is nested too deeply.");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reports text that is not valid Unicode in this way.
            Report("not_json", "$", "The document holds text that is not valid Unicode.");
        }

        return null;
    }

    private ClassificationScheme? ReadScheme(JsonElement root)
    {
        var members = Members(root, "$", ["country", "version", "title", "marks"], []);
        if (members is null)
        {
            return null;
        }

        var country = Text(members, "country", "$.country");
        if (country is not null && !CountryCodes.IsCountry(country))
        {
            Report("unknown_country", "$.country", "The country must be an ISO 3166-1 alpha-2 code.");
        }

        var version = Text(members, "version", "$.version");
        if (version is not null && !Identifiers.IsVersion(version))
        {
            Report("bad_version", "$.version", "A version is 1 to 40 letters, digits, dots, dashes or underscores.");
        }

        var title = members.TryGetValue("title", out var titleElement) ? Names(titleElement, "$.title") : null;
        var marks = members.TryGetValue("marks", out var marksElement) ? Marks(marksElement) : [];
        return errors.Count > 0 ? null : new ClassificationScheme(country!, version!, title!, marks);
    }

    private ImmutableArray<SchemeMark> Marks(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0 or > ClassificationScheme.MaxMarks)
        {
            Report("bad_marks", "$.marks", $"Marks are a list of 1 to {ClassificationScheme.MaxMarks} objects.");
            return [];
        }

        var marks = ImmutableArray.CreateBuilder<SchemeMark>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            var path = $"$.marks[{index++}]";
            if (Mark(item, path) is { } mark)
            {
                if (!seen.Add(mark.Code))
                {
                    Report("duplicate_mark", path + ".code", $"The mark '{mark.Code}' occurs twice.");
                }

                marks.Add(mark);
            }
        }

        return marks.ToImmutable();
    }

    private SchemeMark? Mark(JsonElement item, string path)
    {
        var members = Members(item, path, ["code", "names", "level"], ["stateSecret"]);
        if (members is null)
        {
            return null;
        }

        var before = errors.Count;
        var code = Text(members, "code", path + ".code");
        if (code is not null && !Identifiers.IsMark(code))
        {
            Report("bad_mark", path + ".code", "A mark is 1 to 60 letters, digits, spaces or the signs - _ . / + ( ).");
        }

        var names = members.TryGetValue("names", out var namesElement) ? Names(namesElement, path + ".names") : null;
        var levelCode = Text(members, "level", path + ".level");
        SecurityLevel level = default;
        if (levelCode is not null && !SecurityLevels.TryParse(levelCode, out level))
        {
            Report("unknown_level", path + ".level", "The level must be open, internal, restricted, confidential, secret or top.");
        }

        var stateSecret = false;
        if (members.TryGetValue("stateSecret", out var flag))
        {
            stateSecret = flag.ValueKind == JsonValueKind.True;
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Report("wrong_type", path + ".stateSecret", "stateSecret must be true or false.");
            }
        }

        if (stateSecret && level < SecurityLevel.Confidential && errors.Count == before)
        {
            Report("level_too_low", path + ".level", "A state secret cannot be mapped below confidential.");
        }

        return errors.Count == before ? new SchemeMark(code!, names!, level, stateSecret) : null;
    }

    private ImmutableSortedDictionary<string, string>? Names(JsonElement element, string path)
    {
        var members = Members(element, path, [], null);
        if (members is null)
        {
            return null;
        }

        if (members.Count is 0 or > 20)
        {
            Report("bad_names", path, "Give the name in 1 to 20 languages.");
            return null;
        }

        var names = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var language in members.Keys)
        {
            if (!Identifiers.IsLanguage(language))
            {
                Report("bad_language", path, $"'{language}' is not a language tag.");
            }
            else if (Text(members, language, $"{path}.{language}") is { } name)
            {
                names[language] = name;
            }
        }

        return names.ToImmutable();
    }

    private Dictionary<string, JsonElement>? Members(
        JsonElement element, string path, ReadOnlySpan<string> required, string[]? optional)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Report("wrong_type", path, "An object is expected here.");
            return null;
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (optional is not null && !required.Contains(member.Name) && !optional.Contains(member.Name))
            {
                Report("unknown_field", $"{path}.{member.Name}", $"The field '{member.Name}' is not known.");
            }
            else if (!members.TryAdd(member.Name, member.Value))
            {
                Report("duplicate_field", $"{path}.{member.Name}", $"The field '{member.Name}' occurs twice.");
            }
        }

        foreach (var name in required)
        {
            if (!members.ContainsKey(name))
            {
                Report("missing_field", $"{path}.{name}", $"The field '{name}' is missing.");
            }
        }

        return members;
    }

    private string? Text(Dictionary<string, JsonElement> members, string name, string path)
    {
        if (!members.TryGetValue(name, out var element))
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            Report("wrong_type", path, "A text is expected here.");
            return null;
        }

        var text = element.GetString()!;
        if (text.Length is 0 or > MaxText)
        {
            Report("bad_length", path, $"The text must have 1 to {MaxText} characters.");
            return null;
        }

        return text;
    }

    private void Report(string code, string path, string message) => errors.Add(new SchemeError(code, path, message));
}
