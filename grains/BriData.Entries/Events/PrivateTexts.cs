using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BriData.Entries.Events;

/// <summary>
/// Free text that may name a person. The ledger holds SHA-256(salt ‖ text); salt and text are kept beside the entry,
/// where they can be erased without touching any proof (I9).
/// </summary>
internal sealed record PrivateTexts(SortedDictionary<string, PrivateText> Texts)
{
    private const int SaltBytes = 16;

    public static PrivateTexts Empty => new(new SortedDictionary<string, PrivateText>(StringComparer.Ordinal));

    /// <summary>Adds a text and returns the commitment for the entry, lower hex; null for no text.</summary>
    public string? Commit(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Texts[name] = new PrivateText(Convert.ToHexStringLower(salt), text);
        return Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));
    }

    /// <summary>UTF-8 JSON for the sidecar; empty when there is no text.</summary>
    public ReadOnlyMemory<byte> ToSidecar() =>
        Texts.Count == 0 ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(this, EventJson.Default.PrivateTexts);
}

/// <param name="Salt">Random, lower hex.</param>
/// <param name="Text">The text.</param>
internal sealed record PrivateText(string Salt, string Text);
