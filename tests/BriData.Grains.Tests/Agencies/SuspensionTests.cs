using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Grains.Tests.Fixtures;
using BriData.Identity;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agencies;

/// <summary>What grains refuse to officers of a suspended agency, whatever the gateway has looked at.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class SuspensionTests(PlatformFixture platform)
{
    [Fact]
    public async Task SuspendedAgency_ItsOfficersAct_AreRefusedByTheGrains()
    {
        await platform.World.PutAgencyAsync("CN/granary");
        await platform.World.PutDataSetAsync("CN/granary/harvests");
        var agency = platform.Grains.GetGrain<IAgencyGrain>("CN/granary");
        var administrator = TestCallers.Caller("CN", "CN/granary", CallerRoles.Admin);
        Ok(await PutAsync(Officer("CN/granary")));
        Ok(await agency.SuspendAsync(Admin("CN"), platform.World.Operation(), "inquiry"));

        Assert.Equal(ErrorCodes.AgencySuspended, (await PutAsync(Officer("CN/granary"))).Refusal?.Code);
        Assert.Equal(ErrorCodes.AgencySuspended, (await agency.GetTotalsAsync(Officer("CN/granary"), null)).Refusal?.Code);
        Assert.Equal(ErrorCodes.AgencySuspended, (await agency.ResumeAsync(administrator, platform.World.Operation(), "")).Refusal?.Code);
        Assert.Equal(
            ErrorCodes.AgencySuspended,
            (await platform.Grains.GetGrain<ICountryGrain>("CN").PutWitnessesAsync(administrator, platform.World.Operation(), new WitnessList([], 0))).Refusal?.Code);

        Ok(await agency.ResumeAsync(Admin("CN"), platform.World.Operation(), ""));
        Ok(await PutAsync(Officer("CN/granary")));

        Task<Reply<DataSetView>> PutAsync(Caller caller) => agency.PutDataSetAsync(
            caller, platform.World.Operation(), "harvests", new DataSetDocument(Names("Harvests"), "internal", "general", ImmutableArray<string>.Empty), null);
    }

    [Fact]
    public async Task DataSetsOfAnAgency_AskedForInTheNameOfACountry_AreForGrainsOnly()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => platform.Grains.GetGrain<IAgencyPeer>("CN/customs").ListDataSetsAsync("CN"));

        Assert.Contains("grains only", failure.Message, StringComparison.Ordinal);
    }
}
