using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Events;

/// <summary>Reads entries back. An entry that cannot be read is refused, never skipped (I3).</summary>
internal static class EventDecoder
{
    /// <exception cref="UnreadableEntryException">The entry is not one this version understands.</exception>
    public static LedgerEvent Decode(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body.Span);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new UnreadableEntryException("The entry is not a well-formed ledger entry.", e);
        }
    }

    // The data comes before the kind that says how to read it, so the members are found first.
    private static LedgerEvent Read(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> agreement = default, at = default, by = default, data = default, dataSet = default, decision = default;
        ReadOnlySpan<byte> exporter = default, importer = default, kind = default, op = default, parties = default, transfer = default, version = default;
        var members = new CanonicalMembers(body);
        while (members.MoveNext())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("agreement"u8): agreement = members.Value; break;
                case var name when name.SequenceEqual("at"u8): at = members.Value; break;
                case var name when name.SequenceEqual("by"u8): by = members.Value; break;
                case var name when name.SequenceEqual("data"u8): data = members.Value; break;
                case var name when name.SequenceEqual("dataset"u8): dataSet = members.Value; break;
                case var name when name.SequenceEqual("decision"u8): decision = members.Value; break;
                case var name when name.SequenceEqual("exporter"u8): exporter = members.Value; break;
                case var name when name.SequenceEqual("importer"u8): importer = members.Value; break;
                case var name when name.SequenceEqual("kind"u8): kind = members.Value; break;
                case var name when name.SequenceEqual("op"u8): op = members.Value; break;
                case var name when name.SequenceEqual("parties"u8): parties = members.Value; break;
                case var name when name.SequenceEqual("transfer"u8): transfer = members.Value; break;
                case var name when name.SequenceEqual("v"u8): version = members.Value; break;
            }
        }

        if (!members.IsCanonical)
        {
            throw new UnreadableEntryException("The entry is not canonical JSON.");
        }

        if (!version.SequenceEqual(EventEncoder.VersionText))
        {
            throw new UnreadableEntryException($"Entry version {System.Text.Encoding.UTF8.GetString(version)} is not known.");
        }

        var type = EventCatalog.Find(Text(kind)) ?? throw new UnreadableEntryException($"Entry kind '{Text(kind)}' is not known.");
        return new LedgerEvent
        {
            At = DateTimeOffset.ParseExact(Text(at), EventEncoder.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Parties = Parties(parties),
            Data = (EventData)JsonSerializer.Deserialize(data, type)!,
            By = by.IsEmpty ? null : Actor(by),
            Agreement = Optional(agreement),
            Transfer = Optional(transfer),
            DataSet = Optional(dataSet),
            Exporter = Optional(exporter),
            Importer = Optional(importer),
            Fingerprint = Optional(op),
            Decision = decision.ToArray(),
        };
    }

    private static Actor Actor(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> agency = default, country = default, officer = default;
        var members = new CanonicalMembers(value);
        while (members.MoveNext())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("agency"u8): agency = members.Value; break;
                case var name when name.SequenceEqual("country"u8): country = members.Value; break;
                case var name when name.SequenceEqual("officer"u8): officer = members.Value; break;
            }
        }

        return new Actor(Text(country), Optional(agency), Text(officer));
    }

    private static ImmutableArray<string> Parties(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new UnreadableEntryException("The entry names no parties.");
        }

        var parties = ImmutableArray.CreateBuilder<string>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            parties.Add(reader.GetString()!);
        }

        return parties.DrainToImmutable();
    }

    private static string Text(ReadOnlySpan<byte> value) =>
        CanonicalMembers.TextOf(value) ?? throw new UnreadableEntryException("The entry lacks a member, or has something else in its place.");

    private static string? Optional(ReadOnlySpan<byte> value) => value.IsEmpty || value.SequenceEqual("null"u8) ? null : Text(value);
}
