using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Entries.Judging;

/// <summary>Whether a country's act is signed as the keys that its ledger shows demand.</summary>
internal static class SignatureRules
{
    // No platform takes a signature that is further from its entry.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(60);

    /// <summary>Requires an act to be signed once the country has a key.</summary>
    /// <param name="e">The entry.</param>
    /// <param name="signature">The signature it holds, or null.</param>
    /// <param name="keys">The country's keys, those that no longer count among them.</param>
    /// <param name="last">Date of the country's last signed act here, after which this one must lie.</param>
    /// <param name="act">What must have been signed, by the text of its date.</param>
    /// <returns>The date of the signature; null without one.</returns>
    public static DateTimeOffset? Require(
        JudgedEntry e, string? signature, IReadOnlyCollection<SigningKey> keys, DateTimeOffset? last, Func<string, byte[]> act)
    {
        if (signature is null)
        {
            e.Require(keys.All(k => k.ConfirmedAt is null), JudgeCodes.SignatureMissing, "The country has had a key for its acts; this one is not signed.");
            return null;
        }

        if (!SignedAct.TryRead(signature, out var signed, out var problem))
        {
            e.Find(JudgeCodes.SignatureInvalid, problem);
            return null;
        }

        var key = keys.FirstOrDefault(k => k.Kid == signed.Kid);
        if (e.Require(key is not null, JudgeCodes.SignatureInvalid, $"The country has no key {signed.Kid}."))
        {
            e.Require(key!.RevokedAt is null, JudgeCodes.SignatureInvalid, $"The key {signed.Kid} was revoked before.");
            e.Require(Counts(key, signed.At), JudgeCodes.SignatureInvalid, $"The key {signed.Kid} does not count at {signed.AtText}.");
            Content(e, signed, key.Jwk, act);
        }

        e.Require(last is null || signed.At > last, JudgeCodes.SignatureInvalid, $"The act is signed at {signed.AtText}, not after the country's last one.");
        return signed.At;
    }

    /// <summary>Requires a text to be this act, signed by this key, about when the entry was made.</summary>
    public static void Content(JudgedEntry e, SignedAct signed, JsonText jwk, Func<string, byte[]> act)
    {
        e.Require(PublicJwk.TryParse(jwk.Utf8, out var key, out _) && signed.Jws.Verify(key), JudgeCodes.SignatureInvalid, $"The signature is none of the key {signed.Kid}.");
        e.Require((signed.At - e.Event.At).Duration() <= Window, JudgeCodes.SignatureInvalid, $"The act was signed at {signed.AtText}, more than an hour from its entry.");
        e.Require(signed.Jws.Payload.Span.SequenceEqual(act(signed.AtText)), JudgeCodes.SignatureInvalid, "Another act was signed than the one that is recorded.");
    }

    /// <summary>Whether a key had been confirmed by an instant, and its times hold then.</summary>
    public static bool Counts(SigningKey key, DateTimeOffset at) =>
        key.ConfirmedAt <= at && (key.ValidFrom is null || key.ValidFrom <= at) && (key.ValidUntil is null || at < key.ValidUntil);
}
