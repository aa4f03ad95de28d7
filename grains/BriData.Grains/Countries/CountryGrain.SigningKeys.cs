using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Ledger;
using BriData.Ledger.Signing;

namespace BriData.Grains.Countries;

/// <content>The keys with which the country's administrators sign acts. Only public keys are ever here.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<SigningKeyList>> ListSigningKeysAsync()
    {
        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        var items = new List<SigningKeyView>();
        foreach (var kid in State.Keys.ConvertAll(k => k.Key.Kid))
        {
            var view = await ViewOfKeyAsync(kid);
            if (!view.IsOk)
            {
                return view.Refusal;
            }

            items.Add(view.Value);
        }

        return new SigningKeyList([.. items]);
    }

    public Task<Reply<SigningKeyView>> RegisterSigningKeyAsync(Caller caller, Operation operation, SigningKeyRegistration registration)
    {
        // A text that is no key is refused by the rules; there is no thumbprint to record it under.
        if (!PublicJwk.TryParse(registration.Jwk.Utf8, out var key, out var problem))
        {
            return Task.FromResult<Reply<SigningKeyView>>(Refusal.OfField("jwk", ErrorCodes.InvalidField, problem));
        }

        return ActOnKeyAsync(caller, operation, key.KeyId, _ => new CountryKeyRegistered(
            key.KeyId,
            new JsonText(key.Json),
            Whole(registration.ValidFrom),
            Whole(registration.ValidUntil),
            registration.Proof,
            registration.Signature));
    }

    public Task<Reply<SigningKeyView>> ConfirmSigningKeyAsync(Caller caller, Operation operation, string kid) =>
        ActOnKeyAsync(caller, operation, kid, _ => new CountryKeyConfirmed(kid));

    public Task<Reply<SigningKeyView>> RevokeSigningKeyAsync(Caller caller, Operation operation, string kid, DateTimeOffset? at, string? reason) =>
        ActOnKeyAsync(caller, operation, kid, texts => new CountryKeyRevoked(kid, Whole(at) ?? Now, texts.Commit("reason", reason), texts.KeyName), reason);

    private static DateTimeOffset? Whole(DateTimeOffset? time) => time is { } value ? EventEncoder.Truncate(value) : null;

    private async Task<Reply<SigningKeyView>> ActOnKeyAsync(Caller caller, Operation operation, string kid, Func<PrivateTexts, EventData> act, string? text = null)
    {
        var admin = await AdministratorAsync(caller);
        return admin.IsOk
            ? await OnceAsync(admin.Value, operation, Act, (_, _) => PublishedViewAsync())
            : admin.Refusal;

        async Task<Reply<SigningKeyView>> Act(Hash256 key)
        {
            var (textKey, noKey) = await TextKeyAsync(text, [State.TextKey]);
            if (noKey is not null)
            {
                return noKey;
            }

            var texts = PrivateTexts.Under(textKey);
            var entry = Event(admin.Value, operation, act(texts));
            if ((KeyActs.Check(entry, State, Code, Services.Options.SignatureWindow) ?? Untellable(entry)) is { } refusal)
            {
                return refusal;
            }

            var receipt = await AppendAsync(entry, key, texts);
            return await RecordedAsync(receipt, () => PublishedViewAsync());
        }

        async Task<Reply<SigningKeyView>> PublishedViewAsync()
        {
            var published = await Published<bool>(() => true);
            return published.IsOk ? await ViewOfKeyAsync(kid) : published.Refusal;
        }
    }

    private async Task<Reply<SigningKeyView>> ViewOfKeyAsync(string kid)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (State.Key(kid) is not { Key: var key } held || !PublicJwk.TryParse(key.Jwk.Utf8, out var jwk, out _))
        {
            return new Refusal(ErrorCodes.UnknownSigningKey, $"{Code} has no key '{kid}'.");
        }

        var entry = (await ReadEntryAsync(held.LastIndex))!.Value;
        return new SigningKeyView(
            key.Kid,
            jwk.Algorithm,
            key.Jwk,
            held.StatusAt(Now),
            key.RegisteredAt,
            key.ConfirmedAt,
            key.ValidFrom,
            key.ValidUntil,
            key.RevokedAt,
            ReceiptOf(entry.Index, entry.LeafHash));
    }
}
