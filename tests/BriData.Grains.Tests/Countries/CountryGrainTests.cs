using System.Text;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger.Storage;
using BriData.Policy.RulePacks;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Countries;

[Collection(nameof(PlatformGroup))]
public sealed class CountryGrainTests(PlatformFixture platform)
{
    [Fact]
    public async Task RulePack_ApprovedByItsAuthor_IsRefused()
    {
        var version = await platform.World.DraftPackAsync("KZ", "kz-author");

        var reply = await platform.Grains.GetGrain<ICountryGrain>("KZ").ApproveRulePackAsync(Admin("KZ", "kz-author"), platform.World.Operation(), version, null, null);

        Assert.Equal(ErrorCodes.SecondPersonNeeded, reply.Refusal?.Code);
    }

    [Fact]
    public async Task RulePack_ApprovedForALaterDay_GovernsFromThatDay()
    {
        var version = await platform.World.DraftPackAsync("SG", "sg-author");
        var country = platform.Grains.GetGrain<ICountryGrain>("SG");
        var tomorrow = DateOnly.FromDateTime(platform.Time.GetUtcNow().UtcDateTime).AddDays(1);

        Assert.Equal("approved", Ok(await country.ApproveRulePackAsync(Admin("SG", "second"), platform.World.Operation(), version, tomorrow, null)).Status);
        Assert.NotEqual(version, Ok(await country.GetAsync()).RulePack);
        platform.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(version, Ok(await country.GetAsync()).RulePack);
    }

    [Fact]
    public async Task RulePack_PublishedWhileAnAgreementCannotWrite_IsPendingAndTheRepetitionCompletes()
    {
        var agreement = await platform.World.AgreementAsync();
        var version = await platform.World.DraftPackAsync("CN", "cn-author");
        var country = platform.Grains.GetGrain<ICountryGrain>("CN");
        var operation = platform.World.Operation();
        platform.Store.FailNext(LedgerStoreFailure.Unavailable, "agreement/" + agreement.GetPrimaryKeyString());

        var pending = await country.ApproveRulePackAsync(Admin("CN", "second"), operation, version, null, null);
        var repeated = Ok(await platform.RetryAsync(() => country.ApproveRulePackAsync(Admin("CN", "second"), operation, version, null, null)));

        Assert.Equal(ErrorCodes.PublicationPending, pending.Refusal?.Code);
        Assert.Equal("inForce", repeated.Status);
        var after = Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        Assert.Contains($"CN@{version}", Encoding.UTF8.GetString(after.Decision.Utf8.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not: [a, pack")]
    [InlineData("jurisdiction: CN")]
    public async Task RulePack_NotInOrder_IsRefusedWithLineAndColumn(string yaml)
    {
        var reply = await platform.Grains.GetGrain<ICountryGrain>("CN").DraftRulePackAsync(Admin("CN"), platform.World.Operation(), Encoding.UTF8.GetBytes(yaml));

        Assert.Equal(ErrorCodes.InvalidRulePack, reply.Refusal?.Code);
        Assert.Contains("line", reply.Refusal!.Fields[0].Field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulePack_OfAnotherCountry_IsRefused()
    {
        var reply = await platform.Grains.GetGrain<ICountryGrain>("KZ").DraftRulePackAsync(Admin("KZ"), platform.World.Operation(), BuiltInPacks.Find("CN")!.Yaml);

        Assert.Equal(ErrorCodes.InvalidRulePack, reply.Refusal?.Code);
    }

    [Fact]
    public async Task Acts_WithoutTheRight_AreRefused()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("CN");

        Assert.Equal(ErrorCodes.NotYourCountry, (await country.ListRulePacksAsync(Admin("KZ"))).Refusal?.Code);
        Assert.Equal(ErrorCodes.RoleMissing, (await country.ListRulePacksAsync(Officer("CN/customs"))).Refusal?.Code);
        Assert.Equal(ErrorCodes.UnknownCountry, (await platform.Grains.GetGrain<ICountryGrain>("ZZ").GetAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task Scheme_StaleVersion_IsRefused()
    {
        var country = platform.Grains.GetGrain<ICountryGrain>("SG");

        var reply = await country.PutSchemeAsync(Admin("SG"), platform.World.Operation(), BuiltInPacks.FindScheme("SG")!.Json, 99);

        Assert.Equal(ErrorCodes.PreconditionFailed, reply.Refusal?.Code);
    }

    [Fact]
    public async Task PeerInterface_CalledByAClient_IsRefused()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => platform.Grains.GetGrain<ICountryPeer>("CN").LinkAgreementAsync("x"));

        Assert.Contains("grains only", failure.Message, StringComparison.Ordinal);
    }
}
