using System.Collections.Concurrent;
using System.Diagnostics;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class SignalTests : IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task WaitForAppend_FirstCall_ReturnsAtOnce()
    {
        var wait = _store.Ledgers.WaitForAppendAsync(-1).AsTask();

        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Equal(0, await wait);
    }

    [Fact]
    public async Task WaitForAppend_NothingNew_WaitsForTheNextCommit()
    {
        var seen = await _store.Ledgers.WaitForAppendAsync(-1);
        var wait = _store.Ledgers.WaitForAppendAsync(seen).AsTask();
        Assert.False(wait.IsCompleted);

        await _store.Ledgers.FillAsync(SampleLedger, 1);

        var next = await wait.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(next > seen);
        Assert.Equal(1, (await _store.Ledgers.GetHeadAsync(SampleLedger)).Size);
        Assert.False(_store.Ledgers.WaitForAppendAsync(next).AsTask().IsCompleted);
    }

    [Fact]
    public async Task WaitForAppend_AppendedMeanwhile_IsNotMissed()
    {
        var seen = await _store.Ledgers.WaitForAppendAsync(-1);
        await _store.Ledgers.FillAsync(SampleLedger, 1, 1, 1);

        var wait = _store.Ledgers.WaitForAppendAsync(seen).AsTask();

        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Equal(3, await wait);
    }

    [Fact]
    public async Task WaitForAppend_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var wait = _store.Ledgers.WaitForAppendAsync(0, stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Commit_IsOneSpanUnderTheFirstRequestLinkedToTheOthers()
    {
        using var source = new ActivitySource(nameof(SignalTests));
        var commits = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate == source || candidate == StorageInstruments.Activities,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source == StorageInstruments.Activities)
                {
                    commits.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var first = source.StartActivity("first")!;
        Task[] appends;
        ActivityContext second;
        using (await HoldRequest.HoldAsync(_store.Ledgers))
        {
            appends = [_store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(1)).Prepare(Drafts(0, 1))), AppendUnder(source, out second)];
        }

        await Task.WhenAll(appends);

        // Other tests of the assembly may commit meanwhile; theirs have no link to this test's spans.
        var commit = Assert.Single(commits, activity => activity.Links.Any(link => link.Context == second));
        Assert.Equal("ledger.commit", commit.OperationName);
        Assert.Equal(first.TraceId, commit.TraceId);
        Assert.Equal(first.SpanId, commit.ParentSpanId);
        Assert.Equal(2, commit.GetTagItem("bridata.commit.requests"));
    }

    private Task AppendUnder(ActivitySource source, out ActivityContext context)
    {
        var outer = Activity.Current;
        Activity.Current = null;
        using var activity = source.StartActivity("second")!;
        context = activity.Context;
        var append = _store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(2)).Prepare(Drafts(0, 1)));
        activity.Stop();
        Activity.Current = outer;
        return append;
    }
}
