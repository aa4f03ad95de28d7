using BriData.Contracts.Countries;
using BriData.Ledger.Notes;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Witnesses that tests have countries name.</summary>
internal static class TestWitnesses
{
    public static CosignatureSigner Signer(string name, byte seed) => new(name, [.. Enumerable.Repeat(seed, 32)]);

    public static string KeyOf(string name, byte seed)
    {
        using var signer = Signer(name, seed);
        return signer.VerifierKey;
    }

    /// <summary>Has a country name its witnesses.</summary>
    public static async Task NameWitnessesAsync(this PlatformFixture platform, string country, WitnessList list)
    {
        // An agreement of another test may just have been given up; it is told when the act is repeated.
        var operation = platform.World.Operation();
        Ok(await platform.RetryAsync(() => platform.Grains.GetGrain<ICountryGrain>(country).PutWitnessesAsync(Admin(country), operation, list)));
    }
}
