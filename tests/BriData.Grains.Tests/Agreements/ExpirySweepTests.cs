using BriData.Contracts.Agreements;
using BriData.Contracts.Transfers;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Agreements;

/// <summary>The sweep that closes what is due, while officers act.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class ExpirySweepTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";

    [Fact]
    public async Task Sweep_AnAcceptanceUnderWay_LeavesWhatWasAccepted()
    {
        var agreement = await platform.World.AgreementAsync(validDays: 1);
        for (var i = 0; i < 3; i++)
        {
            Ok(await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement)));
        }

        Ok(await agreement.RecordDepositAsync(Officer("CN/customs"), 2, new PayloadDescriptor("CN", "00112233445566778899aabbccddeeff", 100, new string('a', 64), "text/csv", "payload-key")));
        Ok(await agreement.RecordDeliveryAsync(Officer(Importer), 2, null));
        var store = new HeldLookUps(platform.Store);
        await using var another = await platform.DeployAnotherAsync(
            store, services => services.Configure<BriDataGrainOptions>(o => o.ExpirySweepPeriod = TimeSpan.FromMilliseconds(50)));
        var there = another.Client.GetGrain<IAgreementGrain>(agreement.GetPrimaryKeyString());
        Ok(await there.GetAsync(Admin("CN")));

        // The officer accepts in time. Before that is enqueued, all three are due, and the sweep waits for the first.
        var accepting = there.ActAsync(Officer(Importer), platform.World.Operation(), 2, TransferAct.Accept, null);
        await store.Reached;
        var first = platform.Store.HoldNext();
        platform.Time.Advance(TimeSpan.FromDays(1));
        await first.Reached;
        store.Release();
        await store.Passed;
        first.Release();

        Assert.Equal("accepted", Ok(await accepting).Status);
        while (await platform.CountAsync(agreement, "transfer.expired") < 2)
        {
            await Task.Yield();
        }

        Assert.Equal([1, 3], await ExpiredAsync(agreement));
    }

    private async Task<List<long>> ExpiredAsync(IAgreementGrain agreement)
    {
        var expired = new List<long>();
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse($"agreement/{agreement.GetPrimaryKeyString()}"), 0, long.MaxValue))
        {
            var entry = Entries.Events.EventDecoder.Decode(stored.Body);
            if (entry.Data is Entries.Transfers.TransferExpired)
            {
                expired.Add(Entries.Transfers.TransferId.Parse(entry.Transfer!).Number);
            }
        }

        return expired;
    }

    /// <summary>The first look-up of a key waits until the test lets it go.</summary>
    private sealed class HeldLookUps(ILedgerStore inner) : PassingLedgerStore(inner)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when a look-up has come.</summary>
        public Task Reached => _reached.Task;

        /// <summary>Completes when it is over and its caller is next in turn.</summary>
        public Task Passed => _passed.Task;

        public void Release() => _released.SetResult();

        public override async ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult();
            await _released.Task;
            var found = await Inner.FindByKeyAsync(ledger, key, cancellationToken);
            _passed.TrySetResult();
            return found;
        }
    }
}
