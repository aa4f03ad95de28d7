using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>A country of a test's own whose administrators hold a key.</summary>
internal sealed class Ministry(PlatformFixture platform, string country, string algorithm = SignatureAlgorithms.EdDsa) : IDisposable
{
    private readonly PrivateJwk _key = PrivateJwk.Create(algorithm);

    public string Kid => _key.PublicKey.KeyId;

    public ICountryGrain Country => platform.Grains.GetGrain<ICountryGrain>(country);

    public DateTimeOffset Now => platform.Time.GetUtcNow();

    public void Dispose() => _key.Dispose();

    /// <summary>Registers the key, signed with an older one if given.</summary>
    public Task<Reply<SigningKeyView>> RegisterAsync(Ministry? older = null, string subject = "admin", Operation? operation = null)
    {
        var act = Acts.OfKey(country, new JsonText(_key.PublicKey.Json), null, null, SignedAct.Text(Now));
        return Country.RegisterSigningKeyAsync(
            TestWorld.Admin(country, subject), operation ?? platform.World.Operation(), new SigningKeyRegistration(new JsonText(_key.PublicKey.Json), Sign(act), Signature: older?.Sign(act)));
    }

    public Task<Reply<SigningKeyView>> ConfirmAsync(string subject = "second") =>
        Country.ConfirmSigningKeyAsync(TestWorld.Admin(country, subject), platform.World.Operation(), Kid);

    public Task<Reply<SigningKeyView>> RevokeAsync(DateTimeOffset? at = null, Operation? operation = null) =>
        Country.RevokeSigningKeyAsync(TestWorld.Admin(country), operation ?? platform.World.Operation(), Kid, at, "the token was lost by officer Smith");

    public async Task<Ministry> EstablishAsync()
    {
        TestWorld.Ok(await RegisterAsync());
        TestWorld.Ok(await ConfirmAsync());
        return this;
    }

    public string Sign(byte[] act) => CompactJws.Sign(_key, SignedAct.Type, act);

    public string Sign(IAgreementGrain agreement, AgreementView view, string act = Acts.Sign, DateTimeOffset? at = null) =>
        Sign(Acts.OnAgreement(act, agreement.GetPrimaryKeyString(), view.DocumentDigest!, country, SignedAct.Text(at ?? Now)));
}
