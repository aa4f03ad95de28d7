using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BriData.Entries.Events;

/// <summary>Reads entries back. An entry that cannot be read is refused, never skipped (I3).</summary>
internal static class EventDecoder
{
    /// <exception cref="UnreadableEntryException">The entry is not one this version understands.</exception>
    public static LedgerEvent Decode(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UnreadableEntryException("The entry is not a well-formed ledger entry.", e);
        }
    }

    private static LedgerEvent Read(JsonElement root)
    {
        var version = root.GetProperty("v").GetInt32();
        if (version != EventEncoder.Version)
        {
            throw new UnreadableEntryException($"Entry version {version} is not known.");
        }

        var kind = root.GetProperty("kind").GetString()!;
        var type = EventCatalog.Find(kind) ?? throw new UnreadableEntryException($"Entry kind '{kind}' is not known.");
        var decision = root.TryGetProperty("decision", out var d) ? JsonMarshal.GetRawUtf8Value(d).ToArray() : default;
        return new LedgerEvent
        {
            At = DateTimeOffset.ParseExact(
                root.GetProperty("at").GetString()!, EventEncoder.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Parties = [.. root.GetProperty("parties").EnumerateArray().Select(p => p.GetString()!)],
            Data = (EventData)root.GetProperty("data").Deserialize(type)!,
            By = root.TryGetProperty("by", out var by)
                ? new Actor(by.GetProperty("country").GetString()!, Optional(by, "agency"), by.GetProperty("officer").GetString()!)
                : null,
            Agreement = Optional(root, "agreement"),
            Transfer = Optional(root, "transfer"),
            DataSet = Optional(root, "dataset"),
            Exporter = Optional(root, "exporter"),
            Importer = Optional(root, "importer"),
            Fingerprint = Optional(root, "op"),
            Decision = decision,
        };
    }

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
