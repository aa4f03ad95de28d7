using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Signatures;
using BriData.Ledger.Notes;
using BriData.Ledger.Signing;

namespace BriData.Entries.Judging;

/// <content>The keys with which the country signs its acts, and the witnesses that it names.</content>
internal sealed partial class CountryBook
{
    private readonly Dictionary<string, HeldKey> _keys = new(StringComparer.Ordinal);
    private WitnessList? _witnesses;
    private DateTimeOffset? _lastSigned;

    protected override IEnumerable<SigningKey> KeysOf(string country) => Keys;

    private SigningKey[] Keys => [.. _keys.Values.Select(k => k.Key)];

    private void Put(JudgedEntry e, WitnessesPut put)
    {
        var (witnesses, quorum) = (put.Witnesses.Witnesses, put.Witnesses.Quorum);
        e.Require(quorum >= 0 && quorum <= witnesses.Length, JudgeCodes.InvalidMember, $"{quorum} of {witnesses.Length} witnesses cannot be asked for.");
        var names = witnesses.Select(w => CosignatureVerifier.TryParse(w.Vkey, out var key) ? key.Name : null).ToArray();
        e.Require(!names.Contains(null) && names.Distinct().Count() == names.Length, JudgeCodes.InvalidMember, "A witness has no key, or is named twice.");
        _witnesses = put.Witnesses;
        Changed(e);
    }

    private void Registered(JudgedEntry e, CountryKeyRegistered registered)
    {
        var named = PublicJwk.TryParse(registered.Jwk.Utf8, out var key, out _) && key.KeyId == registered.Kid && key.Json.Span.SequenceEqual(registered.Jwk.Utf8.Span);
        e.Require(named, JudgeCodes.InvalidMember, $"'{registered.Kid}' is not the name of the key that is registered.");
        e.Require(
            registered.ValidUntil is null || (registered.ValidUntil > e.Event.At && !(registered.ValidUntil <= registered.ValidFrom)), JudgeCodes.WrongDate, $"The key's time would be over at {registered.ValidUntil:O}.");
        var proposal = _keys.TryGetValue(registered.Kid, out var held) && held.IsProposed && registered.Signature is not null;
        e.Require(held is null || proposal, JudgeCodes.WrongState, $"The key {registered.Kid} is registered already.");
        Signed(e, registered);
        _keys[registered.Kid] = new HeldKey(
            new SigningKey(registered.Kid, registered.Jwk, e.Event.At, registered.Signature is null ? null : e.Event.At, registered.ValidFrom, registered.ValidUntil), e.By.Officer);
        if (registered.Signature is not null)
        {
            Changed(e);
        }
    }

    private void Signed(JudgedEntry e, CountryKeyRegistered registered)
    {
        if (SignedAct.TryRead(registered.Proof, out var proof, out var problem))
        {
            e.Require(proof.Kid == registered.Kid, JudgeCodes.SignatureInvalid, "The proof is by another key than the one that is registered.");
            SignatureRules.Content(e, proof, registered.Jwk, Act);
        }
        else
        {
            e.Find(JudgeCodes.SignatureInvalid, problem);
        }

        if (registered.Signature is null)
        {
            NoKeyCounts(e);
        }
        else
        {
            SignatureRules.Require(e, registered.Signature, Keys, null, Act);
            Signed(e, _country, registered.Signature);
        }

        byte[] Act(string at) => Acts.OfKey(_country, registered.Jwk, registered.ValidFrom, registered.ValidUntil, at);
    }

    private void Confirmed(JudgedEntry e, CountryKeyConfirmed confirmed)
    {
        if (!e.Require(_keys.TryGetValue(confirmed.Kid, out var held) && held.IsProposed, JudgeCodes.WrongState, $"No key {confirmed.Kid} awaits a second person."))
        {
            return;
        }

        e.Require(held!.RegisteredBy != e.By.Officer, JudgeCodes.SecondPersonNeeded, "The key is confirmed by who registered it.");
        e.Require(held.Key.ValidUntil is null || e.Event.At < held.Key.ValidUntil, JudgeCodes.WrongDate, "The key's time is over.");
        NoKeyCounts(e);
        _keys[confirmed.Kid] = held with { Key = held.Key with { ConfirmedAt = e.Event.At } };
        Changed(e);
    }

    private void Revoked(JudgedEntry e, CountryKeyRevoked revoked)
    {
        if (!e.Require(_keys.TryGetValue(revoked.Kid, out var held) && held.Key.RevokedAt is null, JudgeCodes.WrongState, $"There is no key {revoked.Kid} to be revoked."))
        {
            return;
        }

        e.Require(revoked.Since <= e.Event.At && revoked.Since >= held!.Key.RegisteredAt, JudgeCodes.WrongDate, $"{revoked.Since:O} does not lie between the key's registration and its revocation.");
        _keys[revoked.Kid] = held! with { Key = held.Key with { RevokedAt = revoked.Since } };
        if (held.Key.ConfirmedAt is not null)
        {
            Changed(e);
        }
    }

    /// <summary>While a key counts, no other gets by without its signature.</summary>
    private void NoKeyCounts(JudgedEntry e) => e.Require(
        !_keys.Values.Any(k => k.Key.RevokedAt is null && SignatureRules.Counts(k.Key, e.Event.At)), JudgeCodes.SignatureMissing, "A key counts now; another one needs its signature.");

    private void RequireSigned(JudgedEntry e, string act, string version, DateOnly from, string? signature)
    {
        var digest = _packs.GetValueOrDefault(version)?.Digest ?? "";
        _lastSigned = SignatureRules.Require(e, signature, Keys, _lastSigned, at => Acts.OnRulePack(act, _country, version, digest, from, at)) ?? _lastSigned;
        if (signature is not null)
        {
            Signed(e, _country, signature);
        }
    }

    private sealed record HeldKey(SigningKey Key, string RegisteredBy)
    {
        public bool IsProposed => Key is { ConfirmedAt: null, RevokedAt: null };
    }
}
