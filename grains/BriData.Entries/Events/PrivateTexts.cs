using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BriData.Ledger;
using BriData.Ledger.Erasure;

namespace BriData.Entries.Events;

/// <summary>
/// Free text that may name a person. The ledger holds SHA-256(salt ‖ text); salt and text are kept beside the entry, sealed
/// under a key that can be destroyed without touching any proof (I9).
/// </summary>
internal sealed record PrivateTexts(SortedDictionary<string, PrivateText> Texts)
{
    private const int SaltBytes = 16;

    private ValueKey? _key;

    /// <summary>Name of the key, for the entry; null when there is no text.</summary>
    [JsonIgnore]
    public string? KeyName => Texts.Count == 0 ? null : _key!.Id;

    /// <param name="key">Key of what is committed; null only where there is no text.</param>
    public static PrivateTexts Under(ValueKey? key) => new(new SortedDictionary<string, PrivateText>(StringComparer.Ordinal)) { _key = key };

    /// <summary>Adds a text and returns the commitment for the entry, lower hex; null for no text.</summary>
    /// <param name="name">Name of the member of the entry's data that will hold the commitment.</param>
    /// <param name="text">The text.</param>
    public string? Commit(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Texts[name] = new PrivateText(Convert.ToHexStringLower(salt), text);
        return CommitmentOf(salt, text);
    }

    /// <summary>Sealed bytes for the sidecar; empty when there is no text.</summary>
    public ReadOnlyMemory<byte> ToSidecar(LedgerId ledger, LedgerEvent entry) => Texts.Count == 0
        ? default(ReadOnlyMemory<byte>)
        : SealedValue.Seal(_key!, JsonSerializer.SerializeToUtf8Bytes(this, EventJson.Default.PrivateTexts), Context(ledger, entry));

    /// <summary>Opens a sidecar; null when it is not this entry's.</summary>
    public static PrivateTexts? Open(ValueKey key, LedgerId ledger, LedgerEvent entry, ReadOnlySpan<byte> sidecar) =>
        SealedValue.Open(key, sidecar, Context(ledger, entry)) is { } opened ? Parse(opened) : null;

    /// <summary>Reads a sidecar that was written before texts were sealed: it begins as JSON does.</summary>
    public static PrivateTexts? ReadClear(ReadOnlySpan<byte> sidecar) => sidecar is [(byte)'{', ..] ? Parse(sidecar) : null;

    /// <summary>The text, if it is there and is what was committed to.</summary>
    public PrivateText? Find(PrivateField field) =>
        Texts.TryGetValue(field.Name, out var text) && CommitmentOf(Convert.FromHexString(text.Salt), text.Text) == field.Commitment ? text : null;

    private static PrivateTexts? Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, EventJson.Default.PrivateTexts);

    private static string CommitmentOf(byte[] salt, string text) =>
        Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));

    // What the sidecar belongs to, without its index, which is not known yet; each text is bound by its commitment as well.
    private static byte[] Context(LedgerId ledger, LedgerEvent entry) =>
        Encoding.UTF8.GetBytes($"bridata.sidecar\0{ledger.Value}\0{EventCatalog.Of(entry.Data).Kind}\0{entry.Transfer}");
}

/// <param name="Salt">Random, lower hex.</param>
/// <param name="Text">The text.</param>
internal sealed record PrivateText(string Salt, string Text);
