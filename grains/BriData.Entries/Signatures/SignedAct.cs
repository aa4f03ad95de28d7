using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using BriData.Entries.Events;
using BriData.Ledger.Canonical;
using BriData.Ledger.Signing;

namespace BriData.Entries.Signatures;

/// <summary>An act as a JWS: its type says so, it names its key, and its payload is canonical JSON with a date. Not verified by being read.</summary>
/// <param name="Jws">The signature.</param>
/// <param name="Kid">The key that it says it is by.</param>
/// <param name="At">When it says it was signed.</param>
/// <param name="AtText">The same as the payload spells it.</param>
internal sealed record SignedAct(CompactJws Jws, string Kid, DateTimeOffset At, string AtText)
{
    /// <summary>The <c>typ</c> of every signed act; a signature made for another use has another (RFC 8725, 3.11).</summary>
    public const string Type = "bridata-act+jws";

    /// <summary>Spellings of <c>at</c>: whole seconds, or milliseconds.</summary>
    public static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", EventEncoder.TimeFormat];

    /// <summary>The text of an instant as <c>at</c>.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(EventEncoder.TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>When a signature says it was made; null for none, or one that is no signed act.</summary>
    public static DateTimeOffset? DateOf(string? signature) => TryRead(signature, out var act, out _) ? act.At : null;

    public static bool TryRead(string? text, [NotNullWhen(true)] out SignedAct? act, [NotNullWhen(false)] out string? problem)
    {
        act = null;
        if (!CompactJws.TryParse(text, out var jws, out problem))
        {
            return false;
        }

        if (jws.Type != Type || jws.KeyId is not { } kid)
        {
            problem = $"The header of a signed act names its key (kid) and has the type {Type}.";
            return false;
        }

        if (!CanonicalJson.IsCanonical(jws.Payload.Span) || !TryDate(jws.Payload, out var at, out var spelt))
        {
            problem = "A signed act is canonical JSON (RFC 8785) with a member 'at', an instant in UTC such as 2026-11-23T10:00:00Z.";
            return false;
        }

        act = new SignedAct(jws, kid, at, spelt);
        return true;
    }

    private static bool TryDate(ReadOnlyMemory<byte> payload, out DateTimeOffset at, out string spelt)
    {
        using var document = JsonDocument.Parse(payload);
        spelt = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("at", out var member)
            && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
        return DateTimeOffset.TryParseExact(spelt, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }
}
