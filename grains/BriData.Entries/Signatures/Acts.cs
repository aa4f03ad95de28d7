using System.Globalization;
using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Signatures;

/// <summary>
/// What is signed: each act as canonical JSON (RFC 8785). The platform, whoever signs, and whoever verifies each write it for
/// themselves and compare bytes, so a member that is missing or more makes another act. <c>at</c> is the signer's clock, UTC,
/// as text of one of <see cref="SignedAct.TimeFormats"/>; other instants have milliseconds always.
/// </summary>
internal static class Acts
{
    public const string Sign = "agreement.sign";
    public const string Suspend = "agreement.suspend";
    public const string Resume = "agreement.resume";
    public const string Terminate = "agreement.terminate";
    public const string Approve = "rulepack.approve";
    public const string Reinstate = "rulepack.reinstate";
    public const string Register = "key.register";

    /// <summary>An act of a party on an agreement.</summary>
    /// <param name="act">One of sign, suspend, resume and terminate.</param>
    /// <param name="agreement">Agreement identifier.</param>
    /// <param name="document">Digest of its terms, by <see cref="AgreementDigest"/>.</param>
    /// <param name="country">The acting party.</param>
    /// <param name="at">When it was signed.</param>
    public static byte[] OnAgreement(string act, string agreement, string document, string country, string at) =>
        CanonicalScratch.Write((act, agreement, document, country, at), static (writer, a) =>
        {
            writer.WriteStartObject();
            writer.WriteString("act", a.act);
            writer.WriteString("agreement", a.agreement);
            writer.WriteString("at", a.at);
            writer.WriteString("country", a.country);
            writer.WriteString("document", a.document);
            writer.WriteEndObject();
        });

    /// <summary>An act that brings a version of a rule pack into force.</summary>
    /// <param name="act">Approve or reinstate.</param>
    /// <param name="country">The country whose pack it is.</param>
    /// <param name="version">The version.</param>
    /// <param name="digest">SHA-256 of the source as drafted, lower hex.</param>
    /// <param name="inForceFrom">First day in force.</param>
    /// <param name="at">When it was signed.</param>
    public static byte[] OnRulePack(string act, string country, string version, string digest, DateOnly inForceFrom, string at) =>
        CanonicalScratch.Write((act, country, version, digest, inForceFrom, at), static (writer, a) =>
        {
            writer.WriteStartObject();
            writer.WriteString("act", a.act);
            writer.WriteString("at", a.at);
            writer.WriteString("country", a.country);
            writer.WriteString("digest", a.digest);
            writer.WriteString("inForceFrom", a.inForceFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteString("version", a.version);
            writer.WriteEndObject();
        });

    /// <summary>Registration of a key; signed with the new key, and with an older one where there is one.</summary>
    /// <param name="country">The country.</param>
    /// <param name="jwk">The public key, its required members alone, canonical.</param>
    /// <param name="validFrom">It does not count before, or null.</param>
    /// <param name="validUntil">It does not count from here on, or null.</param>
    /// <param name="at">When it was signed.</param>
    public static byte[] OfKey(string country, JsonText jwk, DateTimeOffset? validFrom, DateTimeOffset? validUntil, string at) =>
        CanonicalScratch.Write((country, jwk, validFrom, validUntil, at), static (writer, a) =>
        {
            writer.WriteStartObject();
            writer.WriteString("act", Register);
            writer.WriteString("at", a.at);
            writer.WriteString("country", a.country);
            writer.WriteRaw("jwk", a.jwk.Utf8.Span);
            WriteTime(writer, "validFrom", a.validFrom);
            WriteTime(writer, "validUntil", a.validUntil);
            writer.WriteEndObject();
        });

    private static void WriteTime(CanonicalJsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value.UtcDateTime.ToString(EventEncoder.TimeFormat, CultureInfo.InvariantCulture));
        }
    }
}
