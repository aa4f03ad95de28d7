using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Audit;

/// <summary>Reads what the index keeps from an entry's envelope, version 1. Members it does not know are left alone.</summary>
public static class AuditProjection
{
    private const int Version = 1;
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Projects one entry.</summary>
    /// <exception cref="FormatException">The entry is not a version 1 envelope; the message names ledger and index.</exception>
    public static AuditRecord Read(LedgerId ledger, StoredEntry entry)
    {
        try
        {
            using var document = JsonDocument.Parse(entry.Body);
            return Read(ledger, entry.Index, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"Entry {entry.Index} of {ledger} is malformed: {e.Message}", e);
        }
    }

    private static AuditRecord Read(LedgerId ledger, long index, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is not an object.");
        }

        if (!root.TryGetProperty("v", out var version) || !version.TryGetInt32(out var number) || number != Version)
        {
            throw new FormatException($"its version is not {Version}.");
        }

        var by = Object(root, "by");
        var decision = Object(root, "decision");
        var (agreement, transfer, dataSet) = (String(root, "agreement"), String(root, "transfer"), String(root, "dataset"));
        var (exporter, importer) = (String(root, "exporter"), String(root, "importer"));
        var kind = Required(String(root, "kind"), "kind");
        string?[] text = [kind, agreement, transfer, dataSet, exporter, importer, String(decision, "code"), String(decision, "reason")];
        return new AuditRecord
        {
            Ledger = ledger,
            Index = index,
            At = Time(Required(String(root, "at"), "at")),
            Kind = kind,
            Parties = Sorted(Strings(Required(Array(root, "parties"), "parties"), "parties")),
            Agencies = Sorted([Actor(String(by, "country"), String(by, "agency")), exporter, importer]),
            Agreement = agreement,
            Transfer = transfer,
            DataSet = dataSet,
            Outcome = String(decision, "outcome"),
            Rules = Sorted(MatchedRules(decision)),
            Obligations = Sorted(Array(decision, "obligations") is { } obligations ? Strings(obligations, "obligations") : []),
            Officer = String(by, "officer"),
            Text = string.Join(' ', text.Where(static part => !string.IsNullOrEmpty(part))),
        };
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"'{text}' is not a UTC time of RFC 3339.");

    // The actor's agency is written alone ("customs", beside its country) or whole ("CN/customs").
    private static string? Actor(string? country, string? agency) =>
        agency is null || country is null || agency.Contains('/', StringComparison.Ordinal) ? agency : $"{country}/{agency}";

    private static IEnumerable<string> MatchedRules(JsonElement? decision)
    {
        foreach (var rule in Array(decision, "rules")?.EnumerateArray() ?? default)
        {
            if (String(rule, "result") == "matched")
            {
                yield return $"{Required(String(rule, "source"), "source of a rule")}:{Required(String(rule, "id"), "id of a rule")}";
            }
        }
    }

    private static IEnumerable<string> Strings(JsonElement array, string name)
    {
        foreach (var item in array.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"'{name}' holds something else than strings.");
        }
    }

    // A handful of values each: sorting in place beats a set.
    private static ImmutableArray<string> Sorted(IEnumerable<string?> values)
    {
        var sorted = new List<string>(8);
        foreach (var value in values)
        {
            var at = value is null ? 0 : sorted.BinarySearch(value, StringComparer.Ordinal);
            if (at < 0)
            {
                sorted.Insert(~at, value!);
            }
        }

        return [.. sorted];
    }

    private static string? String(JsonElement? parent, string name) => Member(parent, name, JsonValueKind.String)?.GetString();

    private static JsonElement? Object(JsonElement? parent, string name) => Member(parent, name, JsonValueKind.Object);

    private static JsonElement? Array(JsonElement? parent, string name) => Member(parent, name, JsonValueKind.Array);

    /// <summary>The member, or null when parent or member is absent or null.</summary>
    private static JsonElement? Member(JsonElement? parent, string name, JsonValueKind kind)
    {
        if (parent is null || !parent.Value.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw new FormatException($"'{name}' is not of type {kind}.");
    }

    private static T Required<T>(T? value, string name)
        where T : class => value ?? throw new FormatException($"'{name}' is missing.");

    private static JsonElement Required(JsonElement? value, string name) => value ?? throw new FormatException($"'{name}' is missing.");
}
