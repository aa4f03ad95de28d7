using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.EventSourcing;

/// <summary>A ledger that takes longer to fold than callers wait.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class LongLedgerTests(PlatformFixture platform)
{
    [Fact]
    public async Task Activate_LongerThanCallersWait_RefusesAndGoesOnWhereItStopped()
    {
        var agreement = await platform.World.AgreementAsync();
        for (var i = 0; i < 6; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement)));
        }

        var store = new InterruptedStore(platform.Store, LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}"), 4);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            platform.Configure(silo, store);
            silo.Services.Configure<BriDataGrainOptions>(o => o.FoldLimit = TimeSpan.FromSeconds(1));
        });
        await using var another = builder.Build();
        await another.DeployAsync();
        var there = another.Client.GetGrain<IAgreementGrain>(agreement.GetPrimaryKeyString());

        var refused = await there.GetAsync(Admin("CN"));
        Assert.Equal(ErrorCodes.LedgerUnavailable, refused.Refusal?.Code);
        while (refused.Refusal is { Code: ErrorCodes.LedgerUnavailable })
        {
            refused = await there.GetAsync(Admin("CN"));
        }

        Ok(refused);
        Assert.Equal([0, 4], store.Folds);
    }

    /// <summary>The first time one ledger is read through, the read stands still after some entries until it is given up.</summary>
    private sealed class InterruptedStore(ILedgerStore inner, LedgerId interrupted, int after) : ILedgerStore
    {
        /// <summary>Where each fold of the ledger began.</summary>
        public ConcurrentQueue<long> Folds { get; } = new();

        public async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var stands = false;
            if (ledger == interrupted && to - from > 1)
            {
                stands = Folds.IsEmpty;
                Folds.Enqueue(from);
            }

            await foreach (var entry in inner.ReadAsync(ledger, from, to, cancellationToken))
            {
                if (stands && entry.Index == after)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                yield return entry;
            }
        }

        public Task AppendAsync(LedgerBatch batch) => inner.AppendAsync(batch);

        public ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default) => inner.GetHeadAsync(ledger, cancellationToken);

        public ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
            inner.FindByKeyAsync(ledger, key, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default) =>
            inner.ReadTileAsync(ledger, level, index, cancellationToken);

        public IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);
    }
}
