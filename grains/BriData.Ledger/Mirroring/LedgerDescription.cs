using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BriData.Ledger.Mirroring;

/// <summary>What <c>ledger.json</c> says: which ledger a folder holds and which key must have signed it.</summary>
/// <param name="Ledger">The ledger, as <c>kind/name</c>.</param>
/// <param name="Vkey">C2SP note verifier key, pinned when the folder was made.</param>
/// <param name="Source">Address the folder was copied from; null when it was not copied.</param>
public sealed record LedgerDescription(string Ledger, string Vkey, string? Source)
{
    // A key has plus signs, which a person will want to copy as they are.
    private static readonly LedgerDescriptionJson Readable = new(new JsonSerializerOptions(LedgerDescriptionJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Indented JSON, UTF-8.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Readable.LedgerDescription);

    /// <summary>Reads JSON; members that are not known are ignored. False when a member is missing or the ledger's name is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out LedgerDescription? description)
    {
        try
        {
            description = JsonSerializer.Deserialize(json, LedgerDescriptionJson.Default.LedgerDescription);
        }
        catch (JsonException)
        {
            description = null;
        }

        return description is { Vkey: not null } && LedgerId.TryParse(description.Ledger, out _);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerDescription))]
internal sealed partial class LedgerDescriptionJson : JsonSerializerContext;
