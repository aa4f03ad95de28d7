using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Grains.Security;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using Orleans.TestingHost;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.EventSourcing;

/// <summary>What cannot be read now is said to be so: it is neither nothing nor a no (I3).</summary>
[Collection(nameof(PlatformGroup))]
public sealed class UnreadableLedgerTests(PlatformFixture platform)
{
    [Fact]
    public async Task Country_Unreadable_IsNotSaidToVouchForNobodyOrToHaveNothing()
    {
        await using var another = await DeployAsync("country/KZ");

        var issuers = await another.Client.GetGrain<ICountryGrain>("KZ").GetIssuersAsync();
        var dataSets = await another.Client.GetGrain<IRegistryGrain>(0).ListDataSetsAsync(Admin("CN"), null, 500, null);
        var ledgers = await another.Client.GetGrain<ILedgerGrain>(0).ListAsync(Auditor("KZ"));

        Assert.Equal(ErrorCodes.LedgerUnavailable, issuers.Refusal?.Code);
        Assert.Equal(ErrorCodes.LedgerUnavailable, dataSets.Refusal?.Code);
        Assert.Equal(ErrorCodes.LedgerUnavailable, ledgers.Refusal?.Code);

        // The verifier takes the exception for "cannot be told now", and remembers nothing.
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new GrainIssuerRegistry(another.Client).GetIssuersAsync("KZ"));
        Assert.NotEmpty(await new GrainIssuerRegistry(another.Client).GetIssuersAsync("CN"));
    }

    [Fact]
    public async Task Agency_Unreadable_LeavesNoGapInTheCatalogue()
    {
        await using var another = await DeployAsync("agency/CN.customs");

        var dataSets = await another.Client.GetGrain<IRegistryGrain>(0).ListDataSetsAsync(Admin("CN"), null, 500, null);

        Assert.Equal(ErrorCodes.LedgerUnavailable, dataSets.Refusal?.Code);
    }

    [Fact]
    public async Task Country_UnreadableToAnAgency_RefusesItsOfficerForNowOnly()
    {
        await using var another = await DeployAsync("country/CN");

        var totals = await another.Client.GetGrain<IAgencyGrain>("CN/customs").GetTotalsAsync(Officer("CN/customs"), null);

        Assert.Equal(ErrorCodes.LedgerUnavailable, totals.Refusal?.Code);
    }

    private Task<InProcessTestCluster> DeployAsync(string unreadable) =>
        platform.DeployAnotherAsync(new BrokenLedgerStore(platform.Store, LedgerId.Parse(unreadable)) { Reason = LedgerStoreFailure.Unavailable });
}
