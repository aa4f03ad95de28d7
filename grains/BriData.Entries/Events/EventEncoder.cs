using System.Globalization;
using System.Text.Json;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Events;

/// <summary>
/// Writes entries as canonical JSON (RFC 8785). Envelope members, in their canonical order: agreement, at, by, data,
/// dataset, decision, exporter, importer, kind, op, parties, transfer, v.
/// </summary>
internal static class EventEncoder
{
    public const int Version = 1;
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary><see cref="Version"/> as it stands in an entry.</summary>
    public static ReadOnlySpan<byte> VersionText => "1"u8;

    /// <summary>Cuts an instant to what an entry can hold.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
    }

    public static byte[] Encode(LedgerEvent entry) =>
        CanonicalScratch.Write(Parts(entry), static (writer, e) => Write(writer, e.Entry, e.Kind, e.Data));

    /// <summary>Whether these are the bytes that <see cref="Encode"/> gives.</summary>
    public static bool Encodes(LedgerEvent entry, ReadOnlySpan<byte> body) =>
        CanonicalScratch.Writes(Parts(entry), static (writer, e) => Write(writer, e.Entry, e.Kind, e.Data), body);

    private static (LedgerEvent Entry, string Kind, byte[] Data) Parts(LedgerEvent entry)
    {
        var (kind, type) = EventCatalog.Of(entry.Data);
        var data = JsonSerializer.SerializeToUtf8Bytes(entry.Data, type);

        // The catalogue writes members in order, so that mostly nothing is left to do.
        return (entry, kind, CanonicalScanner.IsCanonical(data) ? data : CanonicalJson.Canonicalize(data));
    }

    private static void Write(CanonicalJsonWriter writer, LedgerEvent entry, string kind, byte[] data)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "agreement", entry.Agreement);
        Span<char> time = stackalloc char[24];
        entry.At.UtcDateTime.TryFormat(time, out var written, TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteName("at");
        writer.WriteString(time[..written]);
        if (entry.By is { } by)
        {
            writer.WriteName("by");
            writer.WriteStartObject();
            WriteOptional(writer, "agency", by.Agency);
            writer.WriteName("country");
            writer.WriteString(by.Country);
            writer.WriteName("officer");
            writer.WriteString(by.Officer);
            writer.WriteEndObject();
        }

        writer.WriteName("data");
        writer.WriteRaw(data);
        WriteOptional(writer, "dataset", entry.DataSet);
        if (!entry.Decision.IsEmpty)
        {
            writer.WriteName("decision");
            writer.WriteRaw(entry.Decision.Span);
        }

        WriteOptional(writer, "exporter", entry.Exporter);
        WriteOptional(writer, "importer", entry.Importer);
        writer.WriteName("kind");
        writer.WriteString(kind);
        WriteOptional(writer, "op", entry.Fingerprint);
        writer.WriteName("parties");
        writer.WriteStartArray();
        foreach (var party in entry.Parties)
        {
            writer.WriteString(party);
        }

        writer.WriteEndArray();
        WriteOptional(writer, "transfer", entry.Transfer);
        writer.WriteName("v");
        writer.WriteInt64(Version);
        writer.WriteEndObject();
    }

    private static void WriteOptional(CanonicalJsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteName(name);
            writer.WriteString(value);
        }
    }
}
