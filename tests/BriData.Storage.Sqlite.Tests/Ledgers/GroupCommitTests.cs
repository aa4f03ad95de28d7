using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Append_ManyLedgersWaiting_ShareOneCommit()
    {
        using var commits = new CommitCounter(_store.Ledgers);
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var appends = Enumerable.Range(0, 64).Select(n => _store.Ledgers.AppendAsync(First(Numbered(n)))).ToArray();

        hold.Release();
        await Task.WhenAll(appends);

        Assert.Equal([0, 64], commits.EntriesPerCommit);
        Assert.Equal(2, commits.Durations.Count);
        Assert.All(commits.Durations, duration => Assert.InRange(duration, 0.001, 30_000));
        for (var n = 0; n < 64; n++)
        {
            Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, Numbered(n))).Ok);
        }
    }

    [Fact]
    public async Task Append_ChainOfOneLedgerWaiting_IsOneCommitInOrder()
    {
        using var commits = new CommitCounter(_store.Ledgers);
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var tree = LedgerTree.Empty(SampleLedger);
        var appends = new List<Task>();
        for (var i = 0; i < 5; i++)
        {
            var batch = tree.Prepare(Drafts(tree.Head.Size, 2));
            appends.Add(_store.Ledgers.AppendAsync(batch));
            tree.Commit(batch);
        }

        hold.Release();
        await Task.WhenAll(appends);

        Assert.Equal([0, 10], commits.EntriesPerCommit);
        Assert.Equal(tree.Head, await _store.Ledgers.GetHeadAsync(SampleLedger));
    }

    [Fact]
    public async Task Append_OneConflictInGroup_FailsAlone()
    {
        using var commits = new CommitCounter(_store.Ledgers);
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var first = _store.Ledgers.AppendAsync(First(Numbered(1)));
        var stale = _store.Ledgers.AppendAsync(First(Numbered(1)));
        var other = _store.Ledgers.AppendAsync(First(Numbered(2)));

        hold.Release();
        await Task.WhenAll(first, other);

        await Refusal.OfAsync(stale, LedgerStoreFailure.Conflict);
        Assert.Equal([0, 2], commits.EntriesPerCommit);
        Assert.Equal(["Conflict"], commits.Failures);
    }

    [Fact]
    public async Task Append_OneUsedKeyInGroup_FailsAloneWithAllItWrote()
    {
        var tree = LedgerTree.Empty(Numbered(1));
        await _store.Ledgers.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0)));
        using var commits = new CommitCounter(_store.Ledgers);
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var before = _store.Ledgers.AppendAsync(First(Numbered(2)));
        var reused = _store.Ledgers.AppendAsync(tree.Prepare([new LedgerEntryDraft(Body(1), Key(1)), new LedgerEntryDraft(Body(2), Key(0))]));
        var after = _store.Ledgers.AppendAsync(First(Numbered(3)));

        hold.Release();
        await Task.WhenAll(before, after);

        await Refusal.OfAsync(reused, LedgerStoreFailure.Conflict);
        Assert.Equal(2, commits.EntriesPerCommit.Last());
        Assert.Equal(1, (await _store.Ledgers.GetHeadAsync(Numbered(1))).Size);
        Assert.Null(await _store.Ledgers.FindByKeyAsync(Numbered(1), Key(1)));
    }

    [Fact]
    public async Task Append_LoserOfARequestThatWasExcluded_TakesItsPlace()
    {
        var tree = LedgerTree.Empty(Numbered(1));
        await _store.Ledgers.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0)));
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var reused = _store.Ledgers.AppendAsync(tree.Prepare([new LedgerEntryDraft(Body(1), Key(0))]));
        var fresh = _store.Ledgers.AppendAsync(tree.Prepare([new LedgerEntryDraft(Body(1), Key(1))]));

        hold.Release();

        await Refusal.OfAsync(reused, LedgerStoreFailure.Conflict);
        await fresh;
        Assert.Equal(1, await _store.Ledgers.FindByKeyAsync(Numbered(1), Key(1)));
    }

    [Fact]
    public async Task Append_QueueFull_IsUnavailableAndOthersGoOn()
    {
        await using var store = new TestStore(new SqliteStorageOptions { MaxQueuedAppends = 2 });
        Task[] queued;
        using (var hold = await HoldRequest.HoldAsync(store.Ledgers))
        {
            queued = [store.Ledgers.AppendAsync(First(Numbered(1))), store.Ledgers.AppendAsync(First(Numbered(2)))];

            await Refusal.OfAsync(store.Ledgers.AppendAsync(First(Numbered(3))), LedgerStoreFailure.Unavailable);
        }

        await Task.WhenAll(queued);
        await store.Ledgers.AppendAsync(First(Numbered(3)));
        Assert.Equal(3, (await store.Ledgers.ListAsync().ToListAsync()).Count);
    }

    [Fact]
    public async Task Append_NotYetCommitted_IsInvisible()
    {
        using var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var append = _store.Ledgers.AppendAsync(First(SampleLedger));

        Assert.Equal(0, (await _store.Ledgers.GetHeadAsync(SampleLedger)).Size);
        Assert.Empty(await _store.Ledgers.ReadAsync(SampleLedger, 0, 10).ToListAsync());

        hold.Release();
        await append;
        Assert.Equal(1, (await _store.Ledgers.GetHeadAsync(SampleLedger)).Size);
    }

    [Fact]
    public async Task FindByKey_CommittedAndNotYetPublished_IsNotFound()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        await _store.Ledgers.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0)));

        // As between the commit of a batch and its publication: the row is in the file, and the head that readers know is not there yet.
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ =>
            $"INSERT INTO entries (ledger, idx, leaf, key, body) VALUES (1, 1, zeroblob(32), x'{Convert.ToHexString(Key(1))}', x'00')"));
        using (var reader = SqliteDatabase.OpenReader(_store.DatabasePath, TimeSpan.Zero))
        {
            Assert.Equal(2, reader.Scalar("SELECT count(*) FROM entries"));
        }

        Assert.Equal(0, await _store.Ledgers.FindByKeyAsync(SampleLedger, Key(0)));
        Assert.Null(await _store.Ledgers.FindByKeyAsync(SampleLedger, Key(1)));
    }

    [Fact]
    public async Task Dispose_WithQueuedAppends_CommitsThem()
    {
        var hold = await HoldRequest.HoldAsync(_store.Ledgers);
        var append = _store.Ledgers.AppendAsync(First(SampleLedger));
        var closing = _store.ReopenAsync();
        hold.Release();

        await append;
        await closing;

        Assert.Equal(1, (await _store.Ledgers.GetHeadAsync(SampleLedger)).Size);
        hold.Dispose();
    }

    [Fact]
    public async Task AnyCall_AfterDispose_IsUnavailable()
    {
        var store = new TestStore();
        await store.DisposeAsync();

        await Refusal.OfAsync(store.Ledgers.AppendAsync(First(SampleLedger)), LedgerStoreFailure.Unavailable);
        await Refusal.OfAsync(Task.Run(async () => await store.Ledgers.GetHeadAsync(SampleLedger)), LedgerStoreFailure.Unavailable);
    }

    private static LedgerBatch First(LedgerId ledger) => LedgerTree.Empty(ledger).Prepare(Drafts(0, 1));
}
