using System.Text;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Ledger.Signing;

namespace BriData.Entries.Signatures;

/// <summary>
/// Whether an entry that a country must sign for is signed as it should be. Pure: the grains ask before they append, and a
/// verifier asks again with the state folded from the same ledger, so both come to the same answer.
/// </summary>
internal static class ActSignatures
{
    /// <summary>How far a signature's date may lie from the entry's where nothing narrower is set. No platform accepts more.</summary>
    public static readonly TimeSpan WidestWindow = TimeSpan.FromMinutes(60);

    /// <summary>Judges an act on an agreement by the keys that the agreement's own ledger holds.</summary>
    /// <param name="entry">The entry; one of another kind holds.</param>
    /// <param name="before">The fold of all entries before it.</param>
    /// <param name="window">Narrower than <see cref="WidestWindow"/>, or null.</param>
    /// <returns>Null when it holds, otherwise why it does not.</returns>
    public static Refusal? Check(LedgerEvent entry, AgreementState before, TimeSpan? window = null)
    {
        if (entry.Data is not AgreementActed acted)
        {
            return null;
        }

        if (before.Document is not { } document)
        {
            return new Refusal(ErrorCodes.UnknownAgreement, "There are no terms that an act could be on.");
        }

        var keys = before.Countries.GetValueOrDefault(acted.Country)?.Keys ?? [];
        DateTimeOffset? last = before.LastSignedAt.TryGetValue(acted.Country, out var date) ? date : null;
        var name = acted switch
        {
            AgreementSigned => Acts.Sign,
            AgreementSuspended => Acts.Suspend,
            AgreementResumed => Acts.Resume,
            AgreementTerminated => Acts.Terminate,
            _ => throw new InvalidOperationException($"'{acted.GetType().Name}' has no signed form."),
        };
        return Check(
            acted.Signature,
            keys,
            last,
            new SignatureTime(entry.At, window),
            at => Acts.OnAgreement(name, document.Id, AgreementDigest.Of(document), acted.Country, at));
    }

    /// <summary>Judges an act on a rule pack by the keys of the country's ledger. Acts on keys are <see cref="KeyActs"/>' matter.</summary>
    /// <inheritdoc cref="Check(LedgerEvent, AgreementState, TimeSpan?)"/>
    /// <param name="country">The country whose ledger it is.</param>
    public static Refusal? Check(LedgerEvent entry, CountryState before, string country, TimeSpan? window = null)
    {
        var (act, version, from, signature) = entry.Data switch
        {
            RulePackApproved a => (Acts.Approve, a.Version, a.InForceFrom, a.Signature),
            RulePackReinstated r => (Acts.Reinstate, r.Version, r.InForceFrom, r.Signature),
            _ => ("", "", default, null),
        };
        return act.Length == 0
            ? KeyActs.Check(entry, before, country, window)
            : Check(
                signature,
                before.Keys.ConvertAll(k => k.Key),
                before.LastSignedAt,
                new SignatureTime(entry.At, window),
                at => Acts.OnRulePack(act, country, version, before.Pack(version)?.Digest ?? "", from, at));
    }

    /// <summary>
    /// Looks at a signature again with what became known of its key later. It stays good when the key was revoked after the
    /// signature's date; it does not when the key is said to have been in other hands by then.
    /// </summary>
    /// <param name="signature">A signature that <see cref="Check(LedgerEvent, AgreementState, TimeSpan?)"/> let pass.</param>
    /// <param name="keysNow">The country's keys as of a later entry.</param>
    /// <returns>Null when it stays good.</returns>
    public static Refusal? Review(string signature, IEnumerable<SigningKey> keysNow) =>
        !SignedAct.TryRead(signature, out var act, out var problem) ? Invalid(problem)
        : keysNow.FirstOrDefault(k => k.Kid == act.Kid) is not { } key ? Unknown(act.Kid)
        : act.At >= key.RevokedAt ? new Refusal(ErrorCodes.SigningKeyRevoked, $"Nothing that the key {act.Kid} signed since {SignedAct.Text(key.RevokedAt.Value)} is to be trusted; this is of {act.AtText}.")
        : null;

    /// <summary>The rules for one signature.</summary>
    internal static Refusal? Check(
        string? signature, IReadOnlyCollection<SigningKey> keys, DateTimeOffset? last, SignatureTime time, Func<string, byte[]> payload)
    {
        if (signature is null)
        {
            // INVARIANT: revoking or outliving every key never opens the way without a signature again.
            return keys.Any(k => k.ConfirmedAt is not null)
                ? new Refusal(ErrorCodes.SignatureRequired, "The country has a key for its acts; this one must be signed with it.")
                : null;
        }

        if (!SignedAct.TryRead(signature, out var act, out var problem))
        {
            return Invalid(problem);
        }

        var key = keys.FirstOrDefault(k => k.Kid == act.Kid);
        return key?.ConfirmedAt is null ? Unknown(act.Kid)
            : key.RevokedAt is not null ? new Refusal(ErrorCodes.SigningKeyRevoked, $"The key {act.Kid} is revoked.")
            : !IsBy(act, key.Jwk) ? Invalid($"The signature is none of the key {act.Kid} over these bytes.")
            : !key.CoversDate(act.At) ? Invalid($"The key {act.Kid} does not count at {act.AtText}.")
            : act.At <= last ? Invalid($"The country's last signed act here is of {SignedAct.Text(last.Value)}; the next one is dated later.")
            : CheckContent(act, time, payload);
    }

    /// <summary>Date and content, whoever signed.</summary>
    internal static Refusal? CheckContent(SignedAct act, SignatureTime time, Func<string, byte[]> payload)
    {
        if (!time.Allows(act.At))
        {
            return Invalid($"The act was signed at {act.AtText}; a signature is taken within {time.Window.TotalMinutes:0} minutes.");
        }

        var expected = payload(act.AtText);
        return act.Jws.Payload.Span.SequenceEqual(expected)
            ? null
            : Invalid($"Another act was signed than the one asked for, which is {Encoding.UTF8.GetString(expected)}.");
    }

    /// <summary>Whether the act was signed with this public key.</summary>
    internal static bool IsBy(SignedAct act, JsonText jwk) => PublicJwk.TryParse(jwk.Utf8, out var key, out _) && act.Jws.Verify(key);

    internal static Refusal Invalid(string detail) => new(ErrorCodes.SignatureInvalid, detail);

    private static Refusal Unknown(string kid) => new(ErrorCodes.SigningKeyUnknown, $"The country has no confirmed key {kid}.");
}
