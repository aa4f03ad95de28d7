using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Entries.Tests.Signatures;

/// <summary>A ministry with a key, and ledgers on which it acts.</summary>
internal sealed class Signer : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public Signer(string algorithm = SignatureAlgorithms.EdDsa) => Private = PrivateJwk.Create(algorithm);

    public PrivateJwk Private { get; }

    public string Kid => Private.PublicKey.KeyId;

    public JsonText Jwk => new(Private.PublicKey.Json);

    /// <summary>The key as it stands in a register, confirmed a day ago.</summary>
    public SigningKey Key => new(Kid, Jwk, Now.AddDays(-2), Now.AddDays(-1));

    public void Dispose() => Private.Dispose();

    public string Sign(byte[] act, string type = SignedAct.Type) => CompactJws.Sign(Private, type, act);

    /// <summary>A signature over the agreement of <see cref="Agreement"/>.</summary>
    public string SignAgreement(DateTimeOffset? at = null, string act = Acts.Sign, string country = "CN", string agreement = "cn-kz-test", string? document = null) =>
        Sign(Acts.OnAgreement(act, agreement, document ?? AgreementDigest.Of(Terms()), country, SignedAct.Text(at ?? Now)));

    /// <summary>The entry of a registration as the key itself and, if given, an older one sign for it.</summary>
    public LedgerEvent Registration(Signer? older = null, DateTimeOffset? at = null, string officer = "o-first", DateTimeOffset? validFrom = null, DateTimeOffset? validUntil = null)
    {
        var act = Acts.OfKey("CN", Jwk, validFrom, validUntil, SignedAct.Text(at ?? Now));
        return Entry(new CountryKeyRegistered(Kid, Jwk, validFrom, validUntil, Sign(act), older?.Sign(act)), at, officer);
    }

    public static LedgerEvent Entry(EventData data, DateTimeOffset? at = null, string officer = "o-first") => new()
    {
        At = at ?? Now,
        Parties = ["CN", "KZ"],
        By = new Actor("CN", null, officer),
        Data = data,
    };

    public static LedgerEvent Signed(string? signature, DateTimeOffset? at = null, string country = "CN") =>
        Entry(new AgreementSigned(country, new AgreementAfter("draft", [country], [], 2), signature), at);

    public static AgreementDocument Terms(string title = "A test") => new(
        "cn-kz-test",
        ImmutableSortedDictionary<string, string>.Empty.Add("en", title),
        ["CN", "KZ"],
        new DateOnly(2026, 1, 1),
        [new GrantDocument("all", ["CN/customs/*"], ["KZ/customs"], ["InternationalTrade"], "internal")]);

    /// <summary>The state of a drafted agreement whose ledger holds these keys of CN.</summary>
    public static AgreementState Agreement(params SigningKey[] keys)
    {
        var state = new AgreementState();
        state.Apply(Entry(new AgreementDrafted(Terms())), 0);
        state.Apply(Entry(new CountryContextTaken(new CountryContext("CN", 3, [], null, [], Keys: [.. keys]))), 1);
        return state;
    }
}
