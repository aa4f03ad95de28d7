using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>The part of a record that is only shown, not searched, as stored JSON. What has a column is not repeated.</summary>
internal sealed record AuditBody
{
    [JsonPropertyName("k")]
    public required string Kind { get; init; }

    [JsonPropertyName("p")]
    public required ImmutableArray<string> Parties { get; init; }

    [JsonPropertyName("a")]
    public ImmutableArray<string> Agencies { get; init; } = [];

    [JsonPropertyName("g")]
    public string? Agreement { get; init; }

    [JsonPropertyName("t")]
    public string? Transfer { get; init; }

    [JsonPropertyName("d")]
    public string? DataSet { get; init; }

    [JsonPropertyName("o")]
    public string? Outcome { get; init; }

    [JsonPropertyName("r")]
    public ImmutableArray<string> Rules { get; init; } = [];

    [JsonPropertyName("b")]
    public ImmutableArray<string> Obligations { get; init; } = [];

    [JsonPropertyName("f")]
    public string? Officer { get; init; }

    [JsonPropertyName("x")]
    public string Text { get; init; } = "";

    public static void Write(AuditRecord record, Utf8JsonWriter json) => JsonSerializer.Serialize(
        json,
        new AuditBody
        {
            Kind = record.Kind,
            Parties = record.Parties,
            Agencies = record.Agencies,
            Agreement = record.Agreement,
            Transfer = record.Transfer,
            DataSet = record.DataSet,
            Outcome = record.Outcome,
            Rules = record.Rules,
            Obligations = record.Obligations,
            Officer = record.Officer,
            Text = record.Text,
        },
        AuditJson.Default.AuditBody);

    public static AuditRecord Read(ReadOnlySpan<byte> json, in AuditPosition position)
    {
        var body = JsonSerializer.Deserialize(json, AuditJson.Default.AuditBody) ?? throw new InvalidDataException("An audit record is empty.");
        return new AuditRecord
        {
            Ledger = position.Ledger,
            Index = position.Index,
            At = new DateTimeOffset(position.Ticks, TimeSpan.Zero),
            Kind = body.Kind,
            Parties = body.Parties,
            Agencies = body.Agencies,
            Agreement = body.Agreement,
            Transfer = body.Transfer,
            DataSet = body.DataSet,
            Outcome = body.Outcome,
            Rules = body.Rules,
            Obligations = body.Obligations,
            Officer = body.Officer,
            Text = body.Text,
        };
    }
}
