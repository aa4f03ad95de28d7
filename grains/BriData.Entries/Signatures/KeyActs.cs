using BriData.Contracts;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Ledger.Signing;

namespace BriData.Entries.Signatures;

/// <summary>Whether an act on a country's keys is lawful: registration, confirmation by a second person, revocation. Pure.</summary>
internal static class KeyActs
{
    /// <summary>
    /// Most keys of one country, with those that no longer count: all of them travel to every agreement, in one entry. A
    /// proposal that was revoked does not count.
    /// </summary>
    public const int MaxKeys = 64;

    /// <param name="entry">The entry; one of another kind holds.</param>
    /// <param name="before">The fold of all entries before it.</param>
    /// <param name="country">The country whose ledger it is.</param>
    /// <param name="window">How far a signature's date may lie from the entry's; null for the widest.</param>
    /// <returns>Null when it holds, otherwise why it does not.</returns>
    public static Refusal? Check(LedgerEvent entry, CountryState before, string country, TimeSpan? window = null) => entry.Data switch
    {
        CountryKeyRegistered registered => Check(registered, entry, before, country, new SignatureTime(entry.At, window)),
        CountryKeyConfirmed confirmed => Check(confirmed, entry, before),
        CountryKeyRevoked revoked => Check(revoked, entry, before),
        _ => null,
    };

    private static Refusal? Check(CountryKeyRegistered registered, LedgerEvent entry, CountryState before, string country, SignatureTime time)
    {
        if (!PublicJwk.TryParse(registered.Jwk.Utf8, out var key, out var problem))
        {
            return Refusal.OfField("jwk", ErrorCodes.InvalidField, problem);
        }

        if (key.KeyId != registered.Kid || !key.Json.Span.SequenceEqual(registered.Jwk.Utf8.Span))
        {
            return Refusal.OfField("jwk", ErrorCodes.InvalidField, "The key is recorded by its required members and under its thumbprint.");
        }

        if (registered.ValidUntil <= entry.At || registered.ValidUntil <= registered.ValidFrom)
        {
            return Refusal.OfField("validUntil", ErrorCodes.InvalidField, "validUntil is after validFrom and not over yet.");
        }

        return Place(registered, before)
            ?? Proof(registered, time, Payload)
            ?? Authority(registered, entry, before, time, Payload);

        byte[] Payload(string at) => Acts.OfKey(country, registered.Jwk, registered.ValidFrom, registered.ValidUntil, at);
    }

    // A proposal may be registered again by a key that counts: otherwise a proposal would bar its own key.
    private static Refusal? Place(CountryKeyRegistered registered, CountryState before)
    {
        var known = before.Key(registered.Kid);
        return known is not null && !(known.IsProposed && registered.Signature is not null)
                ? new Refusal(ErrorCodes.AlreadyExists, $"The key {registered.Kid} is registered already; a key is never registered anew.")
            : known is null && before.Keys.Count(k => k.IsProposed || k.Key.ConfirmedAt is not null) >= MaxKeys
                ? new Refusal(ErrorCodes.WrongState, $"A country has at most {MaxKeys} keys, with those that no longer count.")
            : null;
    }

    private static Refusal? Proof(CountryKeyRegistered registered, SignatureTime time, Func<string, byte[]> payload) =>
        !SignedAct.TryRead(registered.Proof, out var proof, out var problem) ? ActSignatures.Invalid($"proof: {problem}")
        : proof.Kid != registered.Kid || !ActSignatures.IsBy(proof, registered.Jwk) ? ActSignatures.Invalid("proof: it is not signed with the key that is to be registered.")
        : ActSignatures.CheckContent(proof, time, payload);

    private static Refusal? Authority(CountryKeyRegistered registered, LedgerEvent entry, CountryState before, SignatureTime time, Func<string, byte[]> payload) =>
        registered.Signature is not null
            ? ActSignatures.Check(registered.Signature, before.Keys.ConvertAll(k => k.Key), null, time, payload)
            : OtherKey(entry, before);

    private static Refusal? Check(CountryKeyConfirmed confirmed, LedgerEvent entry, CountryState before) =>
        before.Key(confirmed.Kid) is not { } key ? Unknown(confirmed.Kid)
        : !key.IsProposed ? new Refusal(ErrorCodes.WrongState, $"The key {confirmed.Kid} awaits no confirmation; it is {key.StatusAt(entry.At)}.")
        : entry.At >= key.Key.ValidUntil ? new Refusal(ErrorCodes.WrongState, $"The time of the key {confirmed.Kid} is over.")
        : key.RegisteredBy == entry.By?.Officer ? new Refusal(ErrorCodes.SecondPersonNeeded, "A key must be confirmed by another person than the one who registered it.")
        : OtherKey(entry, before);

    private static Refusal? Check(CountryKeyRevoked revoked, LedgerEvent entry, CountryState before) =>
        before.Key(revoked.Kid) is not { } key ? Unknown(revoked.Kid)
        : key.Key.RevokedAt is not null ? new Refusal(ErrorCodes.WrongState, $"The key {revoked.Kid} is revoked already.")
        : revoked.Since > entry.At || revoked.Since < key.Key.RegisteredAt
            ? Refusal.OfField("at", ErrorCodes.InvalidField, $"at lies between the key's registration ({SignedAct.Text(key.Key.RegisteredAt)}) and now.")
        : null;

    /// <summary>While a key counts, no key gets by without its signature.</summary>
    private static Refusal? OtherKey(LedgerEvent entry, CountryState before) =>
        before.Keys.Find(k => k.Key.CountsAt(entry.At)) is { } valid
            ? new Refusal(ErrorCodes.SignatureRequired, $"The key {valid.Key.Kid} counts now; a new key must be registered with its signature.")
            : null;

    private static Refusal Unknown(string kid) => new(ErrorCodes.UnknownSigningKey, $"There is no key '{kid}'.");
}
