using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Grains.Security;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
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

    private async Task<InProcessTestCluster> DeployAsync(string unreadable)
    {
        var store = new PartlyUnreadable(platform.Store, LedgerId.Parse(unreadable));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => platform.Configure(silo, store));
        var another = builder.Build();
        await another.DeployAsync();
        return another;
    }

    /// <summary>One ledger is there and cannot be read.</summary>
    private sealed class PartlyUnreadable(ILedgerStore inner, LedgerId unreadable) : ILedgerStore
    {
        public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) =>
            ledger == unreadable
                ? ValueTask.FromException<LedgerHead>(new LedgerStoreException(ledger, LedgerStoreFailure.Unavailable, "Refused by the test."))
                : inner.GetHeadAsync(ledger, cancellationToken);

        public Task AppendAsync(LedgerBatch batch) => inner.AppendAsync(batch);

        public IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(ledger, from, to, cancellationToken);

        public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
            inner.FindByKeyAsync(ledger, key, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
            inner.ReadTileAsync(ledger, level, index, cancellationToken);

        public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
    }
}
