using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Signing;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Countries;

/// <summary>The life of a country's keys, and what its acts need once it has one. Each test has countries of its own.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class SigningKeyTests(PlatformFixture platform)
{
    [Fact]
    public async Task FirstKey_ConfirmedByTheSecond_MakesSignaturesNeeded()
    {
        using var ministry = new Ministry(platform, "AM");
        var (agreement, view) = await DraftAsync("AM", "GE");
        Assert.Equal("proposed", Ok(await ministry.RegisterAsync()).Status);
        Assert.Equal(ErrorCodes.SecondPersonNeeded, (await ministry.ConfirmAsync("admin")).Refusal?.Code);
        Assert.Equal("valid", Ok(await ministry.ConfirmAsync()).Status);

        Assert.Equal(ErrorCodes.SignatureRequired, (await SignAsync(agreement, "AM", null)).Refusal?.Code);
        Ok(await SignAsync(agreement, "GE", null));
        var signed = Ok(await SignAsync(agreement, "AM", ministry.Sign(agreement, view)));

        Assert.Equal("inForce", signed.Status);
        Assert.Equal(2, await VerifyAsync(agreement));
        var listed = Assert.Single(Ok(await ministry.Country.ListSigningKeysAsync()).Items);
        Assert.Equal((ministry.Kid, "EdDSA", "valid"), (listed.Kid, listed.Alg, listed.Status));
    }

    [Fact]
    public async Task Sign_BeforeTheKeyIsConfirmed_NeedsNoSignatureAndTakesNone()
    {
        using var ministry = new Ministry(platform, "AZ");
        var (agreement, view) = await DraftAsync("AZ", "GE");
        Ok(await ministry.RegisterAsync());

        Assert.Equal(ErrorCodes.SigningKeyUnknown, (await SignAsync(agreement, "AZ", ministry.Sign(agreement, view))).Refusal?.Code);
        Ok(await SignAsync(agreement, "AZ", null));

        // The other party's signature is of its own: the key of the first opens nothing for it.
        Ok(await ministry.ConfirmAsync());
        Assert.Equal(ErrorCodes.SigningKeyUnknown, (await SignAsync(agreement, "GE", ministry.Sign(agreement, view))).Refusal?.Code);
    }

    [Fact]
    public async Task Rotation_OldKeySignsForTheNewOne_AndItsSignaturesStayGood()
    {
        using var old = await new Ministry(platform, "BY").EstablishAsync();
        using var next = new Ministry(platform, "BY", SignatureAlgorithms.Es256);
        var (agreement, view) = await DraftAsync("BY", "GE");
        Ok(await SignAsync(agreement, "GE", null));
        Ok(await SignAsync(agreement, "BY", old.Sign(agreement, view)));

        Assert.Equal(ErrorCodes.SignatureRequired, (await next.RegisterAsync()).Refusal?.Code);
        Assert.Equal("valid", Ok(await next.RegisterAsync(old)).Status);
        platform.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("revoked", Ok(await old.RevokeAsync()).Status);

        Assert.Equal(ErrorCodes.SigningKeyRevoked, (await ChangeAsync(agreement, "BY", AgreementAct.Suspend, old.Sign(agreement, view, Acts.Suspend))).Refusal?.Code);
        Assert.Equal("suspended", Ok(await ChangeAsync(agreement, "BY", AgreementAct.Suspend, next.Sign(agreement, view, Acts.Suspend))).Status);
        Assert.Equal(3, await VerifyAsync(agreement));
        var (signature, keys) = await FirstSignatureAsync(agreement, "BY");
        Assert.Null(ActSignatures.Review(signature, keys));
    }

    [Fact]
    public async Task Revocation_Since_SaysWhichSignaturesAreGoodNoMore()
    {
        using var ministry = await new Ministry(platform, "KG").EstablishAsync();
        var (agreement, view) = await DraftAsync("KG", "GE");
        platform.Time.Advance(TimeSpan.FromMinutes(1));
        var stolen = ministry.Now;
        Ok(await SignAsync(agreement, "KG", ministry.Sign(agreement, view)));
        platform.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(ErrorCodes.InvalidField, (await ministry.RevokeAsync(ministry.Now.AddSeconds(1))).Refusal?.Code);
        Assert.Equal(stolen, Ok(await ministry.RevokeAsync(stolen)).RevokedAt);

        Assert.Equal(1, await VerifyAsync(agreement));
        var (signature, keys) = await FirstSignatureAsync(agreement, "KG");
        Assert.Equal(ErrorCodes.SigningKeyRevoked, ActSignatures.Review(signature, keys)?.Code);
        Assert.Equal(1, await platform.CountAsync("country/KG", "country.key.revoked"));
        Assert.DoesNotContain("Smith", await TextAsync("country/KG"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revocation_OnceAnswered_StopsTheKeyOnEveryAgreementWhateverDateItSigns()
    {
        using var ministry = await new Ministry(platform, "MN").EstablishAsync();
        var (known, knownView) = await DraftAsync("MN", "GE");
        var (fresh, freshView) = await DraftAsync("MN", "GE");
        Ok(await SignAsync(known, "GE", null));
        Ok(await SignAsync(known, "MN", ministry.Sign(known, knownView)));
        platform.Time.Advance(TimeSpan.FromMinutes(2));
        var before = ministry.Now.AddMinutes(-1);

        Ok(await ministry.RevokeAsync());

        Assert.Equal(ErrorCodes.SigningKeyRevoked, (await ChangeAsync(known, "MN", AgreementAct.Terminate, ministry.Sign(known, knownView, Acts.Terminate, before))).Refusal?.Code);
        Assert.Equal(ErrorCodes.SigningKeyRevoked, (await SignAsync(fresh, "MN", ministry.Sign(fresh, freshView, at: before))).Refusal?.Code);
        Assert.Equal(ErrorCodes.SignatureRequired, (await SignAsync(fresh, "MN", null)).Refusal?.Code);
        Assert.Equal("inForce", Ok(await known.GetAsync(Admin("MN"))).Status);
    }

    [Fact]
    public async Task Revocation_WhileAnAgreementCannotWrite_IsPendingAndTheRepetitionCompletes()
    {
        using var ministry = await new Ministry(platform, "MY").EstablishAsync();
        var (agreement, view) = await DraftAsync("MY", "GE");
        Ok(await SignAsync(agreement, "MY", ministry.Sign(agreement, view)));
        var operation = platform.World.Operation();
        platform.Store.FailNext(LedgerStoreFailure.Unavailable, "agreement/" + agreement.GetPrimaryKeyString());

        var pending = await ministry.RevokeAsync(operation: operation);
        var repeated = Ok(await platform.RetryAsync(() => ministry.RevokeAsync(operation: operation)));

        Assert.Equal(ErrorCodes.PublicationPending, pending.Refusal?.Code);
        Assert.Equal("revoked", repeated.Status);
        Assert.Equal(ErrorCodes.SigningKeyRevoked, (await ChangeAsync(agreement, "MY", AgreementAct.Terminate, ministry.Sign(agreement, view, Acts.Terminate))).Refusal?.Code);
    }

    [Fact]
    public async Task Act_SignedForAnother_IsRefusedAndLeavesNoEntry()
    {
        using var ministry = await new Ministry(platform, "PH").EstablishAsync();
        var (agreement, view) = await DraftAsync("PH", "GE");
        var (_, other) = await DraftAsync("PH", "GE");
        foreach (var signature in (string[])
        [
            ministry.Sign(agreement, view, Acts.Terminate),
            ministry.Sign(agreement, other),
            ministry.Sign(agreement, view, at: ministry.Now.AddDays(-1)),
            ministry.Sign(agreement, view, at: ministry.Now.AddMinutes(11)),
            "eyJhbGciOiJub25lIn0.e30.",
        ])
        {
            Assert.Equal(ErrorCodes.SignatureInvalid, (await SignAsync(agreement, "PH", signature)).Refusal?.Code);
        }

        Assert.Equal(0, await platform.CountAsync(agreement, "agreement.signed"));
    }

    [Fact]
    public async Task Act_Replayed_IsRefusedButTheSameRequestIsAnswered()
    {
        using var ministry = await new Ministry(platform, "TH").EstablishAsync();
        var (agreement, view) = await DraftAsync("TH", "GE");
        Ok(await SignAsync(agreement, "GE", null));
        Ok(await SignAsync(agreement, "TH", ministry.Sign(agreement, view)));
        platform.Time.Advance(TimeSpan.FromSeconds(1));
        var suspend = ministry.Sign(agreement, view, Acts.Suspend);
        var operation = platform.World.Operation();
        var first = Ok(await ChangeAsync(agreement, "TH", AgreementAct.Suspend, suspend, operation));
        platform.Time.Advance(TimeSpan.FromSeconds(1));
        Ok(await ChangeAsync(agreement, "TH", AgreementAct.Resume, ministry.Sign(agreement, view, Acts.Resume)));

        Assert.Equal(first.Receipt, Ok(await ChangeAsync(agreement, "TH", AgreementAct.Suspend, suspend, operation)).Receipt);
        Assert.Equal(ErrorCodes.SignatureInvalid, (await ChangeAsync(agreement, "TH", AgreementAct.Suspend, suspend)).Refusal?.Code);
        Assert.Equal("inForce", Ok(await agreement.GetAsync(Admin("TH"))).Status);
    }

    [Fact]
    public async Task RulePack_OfACountryWithAKey_IsApprovedAndReturnedToWithItsSignature()
    {
        using var ministry = await new Ministry(platform, "BT").EstablishAsync();
        var country = ministry.Country;
        var first = await PackAsync(country, "BT", "1");
        var second = await PackAsync(country, "BT", "2");
        var today = DateOnly.FromDateTime(ministry.Now.UtcDateTime);
        string Sign(string act, RulePackView pack) => ministry.Sign(Acts.OnRulePack(act, "BT", pack.Version, pack.Digest, today, SignedAct.Text(ministry.Now)));
        Task<Reply<RulePackView>> ApproveAsync(RulePackView pack, string? signature)
        {
            platform.Time.Advance(TimeSpan.FromSeconds(1));
            return country.ApproveRulePackAsync(Admin("BT", "second"), platform.World.Operation(), pack.Version, today, null, signature);
        }

        Assert.Equal(ErrorCodes.SignatureRequired, (await ApproveAsync(first, null)).Refusal?.Code);
        Assert.Equal(ErrorCodes.SignatureInvalid, (await ApproveAsync(first, Sign(Acts.Approve, second))).Refusal?.Code);
        Assert.Equal("inForce", Ok(await ApproveAsync(first, Sign(Acts.Approve, first))).Status);
        Assert.Equal("inForce", Ok(await ApproveAsync(second, Sign(Acts.Approve, second))).Status);

        platform.Time.Advance(TimeSpan.FromSeconds(1));
        var back = Sign(Acts.Reinstate, first);
        Assert.Equal(ErrorCodes.SignatureRequired, (await country.ReinstateRulePackAsync(Admin("BT"), platform.World.Operation(), "1", null)).Refusal?.Code);
        Assert.Equal("inForce", Ok(await country.ReinstateRulePackAsync(Admin("BT"), platform.World.Operation(), "1", null, back)).Status);

        var state = new CountryState();
        await foreach (var (entry, index) in EntriesAsync("country/BT"))
        {
            Assert.Null(ActSignatures.Check(entry, state, "BT"));
            state.Apply(entry, index);
        }

        Assert.Equal(SignedAct.DateOf(back), state.LastSignedAt);
    }

    [Fact]
    public async Task Keys_WithoutTheRight_AreNotTouched()
    {
        using var ministry = new Ministry(platform, "LA");
        Ok(await ministry.RegisterAsync());
        var country = ministry.Country;

        Assert.Equal(ErrorCodes.NotYourCountry, (await country.ConfirmSigningKeyAsync(Admin("GE"), platform.World.Operation(), ministry.Kid)).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await country.ConfirmSigningKeyAsync(Auditor("LA"), platform.World.Operation(), ministry.Kid)).Refusal?.Code);
        Assert.Equal(ErrorCodes.NotYourCountry, (await country.RevokeSigningKeyAsync(Admin("GE"), platform.World.Operation(), ministry.Kid, null, null)).Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownSigningKey, (await country.RevokeSigningKeyAsync(Admin("LA"), platform.World.Operation(), "none", null, null)).Refusal?.Code);
        Assert.Equal("proposed", Assert.Single(Ok(await country.ListSigningKeysAsync()).Items).Status);
    }

    [Fact]
    public async Task Registration_Repeated_IsOneEntry()
    {
        using var ministry = new Ministry(platform, "NP");
        var operation = platform.World.Operation();

        var first = Ok(await ministry.RegisterAsync(operation: operation));
        var again = Ok(await ministry.RegisterAsync(operation: operation));

        Assert.Equal(first, again);
        Assert.Equal(1, await platform.CountAsync("country/NP", "country.key.registered"));
        Assert.Equal(ErrorCodes.AlreadyExists, (await ministry.RegisterAsync()).Refusal?.Code);
    }

    /// <summary>An agreement of two countries that no other test gives a key.</summary>
    private async Task<(IAgreementGrain Agreement, AgreementView View)> DraftAsync(string country, string other)
    {
        await platform.World.PutAgencyAsync($"{country}/customs");
        await platform.World.PutAgencyAsync($"{other}/customs");
        var id = $"signed-{Guid.NewGuid():N}";
        var agreement = platform.Grains.GetGrain<IAgreementGrain>(id);
        var view = Ok(await agreement.DraftAsync(Admin(country), platform.World.Operation(), new AgreementDocument(
            id,
            Names("Signed agreement"),
            [other, country],
            new DateOnly(2026, 1, 1),
            [new GrantDocument("all", [$"{country}/customs/*"], [$"{other}/customs"], ["InternationalTrade"], "restricted")])));
        return (agreement, view);
    }

    private Task<Reply<AgreementView>> SignAsync(IAgreementGrain agreement, string country, string? signature) =>
        agreement.SignAsync(Admin(country), platform.World.Operation(), signature);

    private Task<Reply<AgreementView>> ChangeAsync(IAgreementGrain agreement, string country, AgreementAct act, string signature, Operation? operation = null) =>
        agreement.ChangeAsync(Admin(country), operation ?? platform.World.Operation(), act, "a test", signature);

    private async Task<RulePackView> PackAsync(ICountryGrain country, string code, string version)
    {
        var yaml = $$"""
            format: 1
            jurisdiction: {{code}}
            version: "{{version}}"
            title: {en: Test}
            disclaimer: engineering summary, not legal advice
            lastChecked: 2026-11-22
            rules:
              - id: free
                citation: {law: Test Law}
                certainty: P+
                effectiveFrom: 2020-01-01
                when: {fact: dataKind, eq: NonPersonal}
                outcome: OUT_OF_SCOPE
                texts: {en: Free}
            tests:
              - name: free
                eventDate: 2026-06-15
                facts: {dataKind: NonPersonal}
                expect: {outcome: OUT_OF_SCOPE}
            """;
        Ok(await country.DraftRulePackAsync(Admin(code), platform.World.Operation(), Encoding.UTF8.GetBytes(yaml)));
        return Ok(await country.TestRulePackAsync(Admin(code), platform.World.Operation(), version, null)).Pack;
    }

    /// <summary>Holds every act on the agreement's ledger against what the ledger said before it; returns how many there are.</summary>
    private async Task<int> VerifyAsync(IAgreementGrain agreement)
    {
        var state = new AgreementState();
        var acts = 0;
        await foreach (var (entry, index) in EntriesAsync("agreement/" + agreement.GetPrimaryKeyString()))
        {
            Assert.Null(ActSignatures.Check(entry, state));
            acts += entry.Data is AgreementActed ? 1 : 0;
            state.Apply(entry, index);
        }

        return acts;
    }

    private async Task<(string Signature, IEnumerable<SigningKey> KeysNow)> FirstSignatureAsync(IAgreementGrain agreement, string country)
    {
        var state = new AgreementState();
        string? signature = null;
        await foreach (var (entry, index) in EntriesAsync("agreement/" + agreement.GetPrimaryKeyString()))
        {
            signature ??= entry.Data is AgreementActed acted && acted.Country == country ? acted.Signature : null;
            state.Apply(entry, index);
        }

        return (signature!, state.Countries[country].Keys!);
    }

    private async IAsyncEnumerable<(LedgerEvent Entry, long Index)> EntriesAsync(string ledger)
    {
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse(ledger), 0, long.MaxValue))
        {
            yield return (EventDecoder.Decode(stored.Body), stored.Index);
        }
    }

    private async Task<string> TextAsync(string ledger)
    {
        var text = new StringBuilder();
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse(ledger), 0, long.MaxValue))
        {
            text.Append(Encoding.UTF8.GetString(stored.Body.Span));
        }

        return text.ToString();
    }
}
