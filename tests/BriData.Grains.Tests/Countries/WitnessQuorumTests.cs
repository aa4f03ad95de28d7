using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Grains.Tests.Fixtures;
using static BriData.Grains.Tests.Fixtures.TestWitnesses;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Countries;

/// <summary>What the witnesses of all parties together may ask of a checkpoint. A platform of its own: every country acts.</summary>
public sealed class WitnessQuorumTests(PlatformFixture platform) : IClassFixture<PlatformFixture>
{
    [Fact]
    public async Task Sign_QuorumsBeyondWhatACheckpointBears_IsRefusedUntilAPartyAsksForFewer()
    {
        ImmutableArray<string> parties = new TestFounding().Countries;
        Assert.Equal(7, parties.Length);
        for (var i = 0; i < parties.Length; i++)
        {
            await platform.NameWitnessesAsync(parties[i], Fifteen(i));
        }

        const string Id = "many-witnesses";
        var agreement = platform.Grains.GetGrain<IAgreementGrain>(Id);
        Ok(await agreement.DraftAsync(Admin("CN"), platform.World.Operation(), Document(Id) with { Parties = parties }));
        foreach (var party in parties[..^1])
        {
            Ok(await agreement.SignAsync(Admin(party), platform.World.Operation()));
        }

        var refused = (await agreement.SignAsync(Admin(parties[^1]), platform.World.Operation())).Refusal;
        Assert.Equal(ErrorCodes.WrongState, refused?.Code);
        Assert.Contains("105", refused!.Detail, StringComparison.Ordinal);
        Assert.NotEqual("inForce", Ok(await agreement.GetAsync(Admin("CN"))).Status);

        await platform.NameWitnessesAsync(parties[0], Fifteen(0) with { Quorum = 9 });
        Assert.Equal("inForce", Ok(await agreement.SignAsync(Admin(parties[^1]), platform.World.Operation())).Status);

        static WitnessList Fifteen(int party) =>
            new([.. Enumerable.Range(0, 16).Select(i => new WitnessRegistration(KeyOf($"w{i}.p{party}.example", (byte)((party * 16) + i)), $"https://w{i}.p{party}.example"))], 15);
    }
}
