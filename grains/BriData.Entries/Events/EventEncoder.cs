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

    private static readonly CanonicalName AgencyName = new("agency");
    private static readonly CanonicalName AgreementName = new("agreement");
    private static readonly CanonicalName AtName = new("at");
    private static readonly CanonicalName ByName = new("by");
    private static readonly CanonicalName CountryName = new("country");
    private static readonly CanonicalName DataName = new("data");
    private static readonly CanonicalName DatasetName = new("dataset");
    private static readonly CanonicalName DecisionName = new("decision");
    private static readonly CanonicalName ExporterName = new("exporter");
    private static readonly CanonicalName ImporterName = new("importer");
    private static readonly CanonicalName KindName = new("kind");
    private static readonly CanonicalName OfficerName = new("officer");
    private static readonly CanonicalName OpName = new("op");
    private static readonly CanonicalName PartiesName = new("parties");
    private static readonly CanonicalName TransferName = new("transfer");
    private static readonly CanonicalName VName = new("v");

    /// <summary><see cref="Version"/> as it stands in an entry.</summary>
    public static ReadOnlySpan<byte> VersionText => "1"u8;

    /// <summary>Cuts an instant to what an entry can hold.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
    }

    public static byte[] Encode(LedgerEvent entry)
    {
        var (kind, data) = Parts(entry);
        return CanonicalScratch.Write((entry, kind, data: Canonical(data)), static (writer, e) => Write(writer, e.entry, e.kind, e.data));
    }

    /// <summary>Whether these are the bytes that <see cref="Encode"/> gives.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="body">Canonical JSON.</param>
    public static bool Encodes(LedgerEvent entry, ReadOnlySpan<byte> body)
    {
        // What is the same as something canonical needs no look at its own form.
        var (kind, data) = Parts(entry);
        return Writes(entry, kind, data, body) || Writes(entry, kind, Canonical(data), body);
    }

    private static bool Writes(LedgerEvent entry, string kind, byte[] data, ReadOnlySpan<byte> body) =>
        CanonicalScratch.Writes((entry, kind, data), static (writer, e) => Write(writer, e.entry, e.kind, e.data), body);

    private static (string Kind, byte[] Data) Parts(LedgerEvent entry)
    {
        var (kind, type) = EventCatalog.Of(entry.Data);
        return (kind, JsonSerializer.SerializeToUtf8Bytes(entry.Data, type));
    }

    // The catalogue writes members in order, so that mostly nothing is left to do.
    private static byte[] Canonical(byte[] data) => CanonicalScanner.IsCanonical(data) ? data : CanonicalJson.Canonicalize(data);

    private static void Write(CanonicalJsonWriter writer, LedgerEvent entry, string kind, byte[] data)
    {
        writer.WriteStartObject();
        WriteOptional(writer, AgreementName, entry.Agreement);
        Span<char> time = stackalloc char[24];
        entry.At.UtcDateTime.TryFormat(time, out var written, TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteName(AtName);
        writer.WriteString(time[..written]);
        if (entry.By is { } by)
        {
            writer.WriteName(ByName);
            writer.WriteStartObject();
            WriteOptional(writer, AgencyName, by.Agency);
            writer.WriteName(CountryName);
            writer.WriteString(by.Country);
            writer.WriteName(OfficerName);
            writer.WriteString(by.Officer);
            writer.WriteEndObject();
        }

        writer.WriteName(DataName);
        writer.WriteRaw(data);
        WriteOptional(writer, DatasetName, entry.DataSet);
        if (!entry.Decision.IsEmpty)
        {
            writer.WriteName(DecisionName);
            writer.WriteRaw(entry.Decision.Span);
        }

        WriteOptional(writer, ExporterName, entry.Exporter);
        WriteOptional(writer, ImporterName, entry.Importer);
        writer.WriteName(KindName);
        writer.WriteString(kind);
        WriteOptional(writer, OpName, entry.Fingerprint);
        writer.WriteName(PartiesName);
        writer.WriteStartArray();
        foreach (var party in entry.Parties)
        {
            writer.WriteString(party);
        }

        writer.WriteEndArray();
        WriteOptional(writer, TransferName, entry.Transfer);
        writer.WriteName(VName);
        writer.WriteInt64(Version);
        writer.WriteEndObject();
    }

    private static void WriteOptional(CanonicalJsonWriter writer, CanonicalName name, string? value)
    {
        if (value is not null)
        {
            writer.WriteName(name);
            writer.WriteString(value);
        }
    }
}
