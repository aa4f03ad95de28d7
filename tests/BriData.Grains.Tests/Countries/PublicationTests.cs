using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Countries;

/// <summary>What a country tells its agreements does not grow with its history.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class PublicationTests(PlatformFixture platform)
{
    [Fact]
    public async Task RulePack_ReturnedToFiveHundredTimes_IsStillPublished()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("VN");
        var versions = new[] { await ApproveAsync(country, "one"), await ApproveAsync(country, "two") };
        var agreement = await LinkedAsync("VN", "vn-kz-returns");

        for (var i = 0; i < 500; i++)
        {
            Assert.Equal("inForce", Ok(await country.ReinstateRulePackAsync(Admin("VN"), platform.World.Operation(), versions[i % 2], null)).Status);
        }

        var told = await LastToldAsync(agreement);
        Assert.Equal(versions[1], Assert.Single(told.Packs).Version);
    }

    [Fact]
    public async Task Issuers_MoreThanAgreementsCanBeTold_AreRefusedBeforeTheyAreOnRecord()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("ZA");
        var agreement = await LinkedAsync("ZA", "za-kz-issuers");
        IssuerRegistration own = new($"{TestCallers.Issuer}/ZA", $"{TestCallers.Issuer}/ZA/.well-known/openid-configuration");

        // Escaped, each character of a name takes six bytes.
        var issuers = Enumerable.Range(0, 49).Select(i => new IssuerRegistration($"https://{i}.{new string('ß', 400)}", "https://id.example/"));
        var refused = await country.PutIssuersAsync(Admin("ZA"), platform.World.Operation(), new IssuerList([own, .. issuers]));
        var many = await country.PutIssuersAsync(Admin("ZA"), platform.World.Operation(), new IssuerList([own, .. Enumerable.Repeat(own, 50)]));

        Assert.Equal(ErrorCodes.BodyTooLarge, refused.Refusal?.Code);
        Assert.Equal(ErrorCodes.InvalidField, many.Refusal?.Code);
        Assert.Equal(0, await platform.CountAsync("country/ZA", "country.issuers.put"));
        Ok(await country.PutIssuersAsync(Admin("ZA"), platform.World.Operation(), new IssuerList([own, new IssuerRegistration("https://id.example", "https://id.example/")])));
        Assert.Equal(2, (await LastToldAsync(agreement)).Issuers.Length);
    }

    private async Task<string> ApproveAsync(ICountryGrain country, string author)
    {
        var version = await platform.World.DraftPackAsync(country.GetPrimaryKeyString(), author);
        Ok(await country.ApproveRulePackAsync(Admin(country.GetPrimaryKeyString(), "second"), platform.World.Operation(), version, null, null));
        return version;
    }

    /// <summary>An agreement that the country has signed and must tell from then on.</summary>
    private async Task<IAgreementGrain> LinkedAsync(string country, string id)
    {
        await platform.World.PutAgencyAsync($"{country}/customs");
        var agreement = platform.Grains.GetGrain<IAgreementGrain>(id);
        Ok(await agreement.DraftAsync(Admin(country), platform.World.Operation(), Document(id, agency: $"{country}/customs") with { Parties = ["KZ", country], Recognitions = null }));
        Ok(await agreement.SignAsync(Admin(country), platform.World.Operation()));
        return agreement;
    }

    private async Task<CountryContext> LastToldAsync(IAgreementGrain agreement)
    {
        CountryContext? last = null;
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}"), 0, long.MaxValue))
        {
            last = (EventDecoder.Decode(stored.Body).Data as CountryContextTaken)?.Context ?? last;
        }

        return last!;
    }
}
