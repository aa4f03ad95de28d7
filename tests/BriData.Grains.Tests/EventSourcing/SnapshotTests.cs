using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Entries.Events;
using BriData.Grains.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.EventSourcing;

/// <summary>Snapshots keep up with the ledger while its grain runs; whether it ends well is nobody's promise.</summary>
[Collection(nameof(PlatformGroup))]
public sealed class SnapshotTests(PlatformFixture platform)
{
    [Fact]
    public async Task Snapshot_EachEntryLeavesATransferOpen_IsStoredAgainAndAgain()
    {
        var agreement = await platform.World.AgreementAsync();
        var snapshots = new Snapshots();
        await using var another = await DeployAsync(snapshots);
        var there = another.Client.GetGrain<IAgreementGrain>(agreement.GetPrimaryKeyString());

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal("permitted", Ok(await there.RequestTransferAsync(Officer("KZ/customs"), platform.World.Operation(), Request(agreement))).Status);
        }

        // At most as far behind as there was to store the last time, and twice that.
        await snapshots.WhenStoredAsync(there.GetGrainId(), 30);
    }

    [Fact]
    public async Task Snapshot_EntriesThatComeTogether_CountToo()
    {
        await platform.World.PutAgencyAsync("CN/observatory");
        await platform.World.PutDataSetAsync("CN/observatory/comets");
        var agreement = await platform.World.AgreementAsync(agency: "CN/observatory");
        var snapshots = new Snapshots();
        await using var another = await DeployAsync(snapshots);
        var agency = another.Client.GetGrain<IAgencyGrain>("CN/observatory");

        for (var i = 0; i < 10; i++)
        {
            Ok(await agency.SuspendAsync(Admin("CN"), platform.World.Operation(), "inquiry"));
            Ok(await agency.ResumeAsync(Admin("CN"), platform.World.Operation(), "done"));
        }

        await snapshots.WhenStoredAsync(another.Client.GetGrain<IAgreementGrain>(agreement.GetPrimaryKeyString()).GetGrainId(), 20);
    }

    private Task<InProcessTestCluster> DeployAsync(Snapshots snapshots) => platform.DeployAnotherAsync(
        platform.Store, services => services.AddKeyedSingleton<IGrainStorage>(BriDataGrainOptions.SnapshotStorage, snapshots));

    /// <summary>Keeps no snapshot, but tells how far they reached.</summary>
    private sealed class Snapshots : IGrainStorage
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<GrainId, long> _sizes = [];
        private (GrainId Grain, long Size, TaskCompletionSource Done)? _awaited;

        /// <summary>Completes once a grain's snapshot covers so many entries.</summary>
        public async Task WhenStoredAsync(GrainId grain, long size)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _awaited = (grain, size, done);
                Tell();
            }

            await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            lock (_lock)
            {
                _sizes[grainId] = Assert.IsType<LedgerSnapshot>(grainState.State).Size;
                Tell();
            }

            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        private void Tell()
        {
            if (_awaited is { } awaited && _sizes.GetValueOrDefault(awaited.Grain) >= awaited.Size)
            {
                awaited.Done.TrySetResult();
            }
        }
    }
}
