using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
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
        await using var another = await platform.DeployAnotherAsync(
            store, services => services.Configure<BriDataGrainOptions>(o => o.FoldLimit = TimeSpan.FromSeconds(1)));
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
    private sealed class InterruptedStore(ILedgerStore inner, LedgerId interrupted, int after) : PassingLedgerStore(inner)
    {
        /// <summary>Where each fold of the ledger began.</summary>
        public ConcurrentQueue<long> Folds { get; } = new();

        public override async IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var stands = false;
            if (ledger == interrupted && to - from > 1)
            {
                stands = Folds.IsEmpty;
                Folds.Enqueue(from);
            }

            await foreach (var entry in Inner.ReadAsync(ledger, from, to, cancellationToken))
            {
                if (stands && entry.Index == after)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                yield return entry;
            }
        }
    }
}
