using System.Text.Json;
using BriData.Entries.Events;

namespace BriData.Entries.Judging;

/// <summary>An entry as read from its bytes, or why it cannot be.</summary>
/// <param name="Event">The entry, which is canonical; null when it cannot be read.</param>
/// <param name="Kind">Its kind, if it names one.</param>
/// <param name="Code">Why it cannot be read; null when it can.</param>
/// <param name="Message">Likewise, for a person.</param>
internal readonly record struct ReadEntry(LedgerEvent? Event, string? Kind, string? Code, string? Message)
{
    /// <summary>Reads an entry that must say what it says in the one way there is.</summary>
    public static ReadEntry Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            var entry = EventDecoder.Decode(body);
            var kind = EventCatalog.Of(entry.Data).Kind;

            // A member that is not known to the reader would be passed over: what it says must be all that is there.
            return EventEncoder.Encodes(entry, body.Span)
                ? new ReadEntry(entry, kind, null, null)
                : new ReadEntry(null, kind, JudgeCodes.MalformedEntry, "The entry says something that an entry of its kind does not say.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var kind = KindOf(body);
            return kind is not null && EventCatalog.Find(kind) is null
                ? new ReadEntry(null, kind, JudgeCodes.UnknownKind, $"Entries of kind '{kind}' are not known to this version.")
                : new ReadEntry(null, kind, JudgeCodes.MalformedEntry, e.Message);
        }
    }

    private static string? KindOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
                ? kind.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
