using System.Collections.Immutable;
using System.Text.Json;

namespace BriData.Policy.Facts;

/// <summary>The typed reading of a JSON object of facts.</summary>
internal sealed class FactReader
{
    private const int MaxDepth = 8;

    private readonly ImmutableArray<FactError>.Builder errors = ImmutableArray.CreateBuilder<FactError>();

    public static FactParseResult Read(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > FactSet.MaxDocumentBytes)
        {
            return Failed("fact_json", $"Facts may have at most {FactSet.MaxDocumentBytes} bytes.");
        }

        try
        {
            var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref json);
            if (json.Read() || document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Failed("fact_json", "Facts must be one JSON object.");
            }

            var reader = new FactReader();
            var facts = reader.ReadObject(document.RootElement, prefix: "", nested: false);
            return reader.errors.Count == 0
                ? new FactParseResult(facts, [])
                : new FactParseResult(null, reader.errors.ToImmutable());
        }
        catch (JsonException)
        {
            return Failed("fact_json", "The facts are not well-formed JSON, or are nested too deeply.");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reports text that is not valid Unicode in this way.
            return Failed("fact_json", "The facts hold text that is not valid Unicode.");
        }
    }

    private static FactParseResult Failed(string code, string message) => new(null, [new FactError("", code, message)]);

    private FactSet ReadObject(JsonElement element, string prefix, bool nested)
    {
        var facts = new Dictionary<int, FactEntry>();
        foreach (var member in element.EnumerateObject())
        {
            var shown = prefix + Shorten(member.Name);
            if (!FactCatalog.TryGet(member.Name, out var fact) || (nested && fact.Type is FactType.ObjectList))
            {
                Report(shown, "unknown_fact", $"There is no fact '{shown}'.");
                continue;
            }

            foreach (var (part, value) in ReadValue(fact, member.Value, shown))
            {
                Add(facts, part, value, shown);
            }
        }

        var sorted = facts.Values.ToArray();
        Array.Sort(sorted, static (a, b) => a.Fact.Index - b.Fact.Index);
        return FactSet.FromSorted(sorted);
    }

    private void Add(Dictionary<int, FactEntry> facts, FactDefinition fact, FactValue value, string shown)
    {
        if (FactBinding.Bind(fact, value, out var bits) is { } error)
        {
            errors.Add(error with { Fact = shown });
        }
        else if (!facts.TryAdd(fact.Index, new FactEntry(fact, value, bits)))
        {
            Report(shown, "duplicate_fact", $"The fact '{fact.Name}' is stated twice.");
        }
    }

    private (FactDefinition Fact, FactValue Value)[] ReadValue(FactDefinition fact, JsonElement element, string shown)
    {
        if (fact.Name == FactNames.RegulatorStep && RegulatorStepReader.Read(element) is { } parts)
        {
            return parts;
        }

        var value = fact.Type switch
        {
            FactType.Boolean => Boolean(element),
            FactType.Integer => Integer(element, fact, shown),
            FactType.Date => Date(element, fact, shown),
            FactType.Enumeration or FactType.Country or FactType.Text => Code(element, fact),
            FactType.EnumerationSet => Set(element),
            FactType.IntegerList => Integers(element, fact, shown),
            _ => Objects(element, shown),
        };
        if (value is not null)
        {
            return [(fact, value)];
        }

        if (errors.Count == 0 || errors[^1].Fact != shown)
        {
            Report(shown, "fact_type", $"'{shown}' must be {FactBinding.Expectation(fact)}.");
        }

        return [];
    }

    private static FactValue? Boolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => FactValue.Of(true),
        JsonValueKind.False => FactValue.Of(false),
        _ => null,
    };

    private FactValue? Integer(JsonElement element, FactDefinition fact, string shown)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if (element.TryGetInt64(out var number))
        {
            return FactValue.Of(number);
        }

        // A fraction is of the wrong type; a whole number that does not fit is out of range.
        if (element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return null;
        }

        Report(shown, "fact_range", $"'{shown}' must be {FactBinding.Expectation(fact)}.");
        return null;
    }

    private FactValue? Date(JsonElement element, FactDefinition fact, string shown)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (IsoDate.TryParse(element.GetString(), out var date))
        {
            return FactValue.Of(date);
        }

        Report(shown, "fact_value", $"'{shown}' must be {FactBinding.Expectation(fact)}.");
        return null;
    }

    private static FactValue? Code(JsonElement element, FactDefinition fact)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        // Zones are written "CN-FTZ-Shanghai" as well as "CN-FTZ-SHANGHAI"; the name means one place.
        var text = element.GetString()!;
        return FactValue.Of(fact.Name == FactNames.SubRegime ? text.ToUpperInvariant() : text);
    }

    private static FactValue? Set(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return FactValue.OfSet([element.GetString()!]);
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var codes = new List<string>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            codes.Add(item.GetString()!);
        }

        return FactValue.OfSet(codes);
    }

    private FactValue? Integers(JsonElement element, FactDefinition fact, string shown)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (var item in element.EnumerateArray())
        {
            if (Integer(item, fact, shown) is not { } number)
            {
                return null;
            }

            numbers.Add(number.Number);
        }

        return FactValue.OfIntegers(numbers);
    }

    private FactValue? Objects(JsonElement element, string shown)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var objects = new List<FactSet>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            objects.Add(ReadObject(item, $"{shown}[{objects.Count}].", nested: true));
        }

        return FactValue.OfObjects(objects);
    }

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";

    private void Report(string fact, string code, string message) => errors.Add(new FactError(fact, code, message));
}
