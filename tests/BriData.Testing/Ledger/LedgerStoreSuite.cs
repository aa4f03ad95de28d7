using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using Xunit;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="ILedgerStore"/> does. Derive, and give an empty store for each test.</summary>
public abstract partial class LedgerStoreSuite
{
    /// <summary>An empty store. The deriving class disposes of it after the test.</summary>
    protected abstract Task<ILedgerStore> CreateAsync();

    [Fact]
    public async Task GetHead_UnknownLedger_IsEmptyTree()
    {
        var store = await CreateAsync();

        var head = await store.GetHeadAsync(SampleLedger);

        Assert.Equal(new LedgerHead(SampleLedger, 0, MerkleHash.EmptyRoot), head);
        Assert.Empty(await store.ReadAsync(SampleLedger, 0, 10).ToListAsync());
        Assert.True((await store.ReadTileAsync(SampleLedger, 0, 0)).IsEmpty);
        Assert.Null(await store.FindByKeyAsync(SampleLedger, Key(1)));
        Assert.Empty(await store.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task Append_Batch_IsReadBackExactly()
    {
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);
        byte[] sidecar = [.. "{\"salt\":\"1\"}"u8];

        var batch = await store.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0), sidecar), new LedgerEntryDraft(Body(1)));

        Assert.Equal(batch.NewHead, await store.GetHeadAsync(SampleLedger));
        var entries = await store.ReadAsync(SampleLedger, 0, long.MaxValue).ToListAsync();
        Assert.Equal([0, 1], entries.Select(e => e.Index));
        Assert.Equal([Body(0), Body(1)], entries.Select(e => e.Body.ToArray()));
        Assert.Equal(batch.LeafHashes, entries.Select(e => e.LeafHash));
        Assert.Equal(sidecar, entries[0].Sidecar.ToArray());
        Assert.True(entries[1].Sidecar.IsEmpty);
    }

    [Fact]
    public async Task Append_LargestEntry_IsReadBackExactly()
    {
        var store = await CreateAsync();
        var body = new byte[LedgerTree.MaxEntryBytes];
        Array.Fill(body, (byte)'a');
        body[0] = body[^1] = (byte)'"';

        await store.AppendAsync(LedgerTree.Empty(SampleLedger), new LedgerEntryDraft(body));

        Assert.Equal(body, Assert.Single(await store.ReadAsync(SampleLedger, 0, 1).ToListAsync()).Body.ToArray());
    }

    [Fact]
    public async Task Append_CallerReusesBuffersAfterwards_StoredBytesStay()
    {
        var store = await CreateAsync();
        var (body, key, sidecar) = (Body(0), Key(0), Body(9));

        await store.AppendAsync(LedgerTree.Empty(SampleLedger), new LedgerEntryDraft(body, key, sidecar));
        Array.Clear(body);
        Array.Clear(key);
        Array.Clear(sidecar);

        var entry = Assert.Single(await store.ReadAsync(SampleLedger, 0, 1).ToListAsync());
        Assert.Equal(Body(0), entry.Body.ToArray());
        Assert.Equal(Body(9), entry.Sidecar.ToArray());
        Assert.Equal(0, await store.FindByKeyAsync(SampleLedger, Key(0)));
    }

    [Fact]
    public async Task Append_StaleSize_IsConflictAndWritesNothing()
    {
        var store = await CreateAsync();
        var first = LedgerTree.Empty(SampleLedger);
        var second = LedgerTree.Empty(SampleLedger);
        await store.AppendAsync(first, Drafts(0, 3));
        var before = await store.GetHeadAsync(SampleLedger);

        await RefusedAsync(store, second.Prepare([new LedgerEntryDraft(Body(7), Key(7))]), LedgerStoreFailure.Conflict);

        Assert.Equal(before, await store.GetHeadAsync(SampleLedger));
        Assert.Null(await store.FindByKeyAsync(SampleLedger, Key(7)));
        Assert.Equal(3, (await store.ReadAsync(SampleLedger, 0, 10).ToListAsync()).Count);
    }

    [Fact]
    public async Task Append_SizeBeyondHead_IsConflict()
    {
        var store = await CreateAsync();
        var ahead = LedgerTree.Empty(SampleLedger);
        ahead.Commit(ahead.Prepare(Drafts(0, 1)));

        await RefusedAsync(store, ahead.Prepare(Drafts(1, 1)), LedgerStoreFailure.Conflict);

        Assert.Equal(0, (await store.GetHeadAsync(SampleLedger)).Size);
    }

    [Fact]
    public async Task Append_SameBatchTwice_SecondIsConflict()
    {
        var store = await CreateAsync();
        var batch = LedgerTree.Empty(SampleLedger).Prepare(Drafts(0, 2));
        await store.AppendAsync(batch);

        await RefusedAsync(store, batch, LedgerStoreFailure.Conflict);

        Assert.Equal(batch.NewHead, await store.GetHeadAsync(SampleLedger));
    }

    [Fact]
    public async Task Append_TwoWritersAtOnce_ExactlyOneWins()
    {
        var store = await CreateAsync();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 8).Select(async n =>
        {
            var batch = LedgerTree.Empty(SampleLedger).Prepare(Drafts(100 * n, 2));
            await start.Task;
            try
            {
                await store.AppendAsync(batch);
                return batch;
            }
            catch (LedgerStoreException e) when (e.Reason == LedgerStoreFailure.Conflict)
            {
                return null;
            }
        }).ToArray();
        start.SetResult();

        var winner = Assert.Single(await Task.WhenAll(writers), batch => batch is not null);

        Assert.Equal(winner!.NewHead, await store.GetHeadAsync(SampleLedger));
        Assert.True((await LedgerVerifier.VerifyAsync(store, SampleLedger)).Ok);
    }

    [Fact]
    public async Task Append_KeyAlreadyInLedger_IsConflictAndWritesNothing()
    {
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);
        await store.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0)));

        await RefusedAsync(store, tree.Prepare([new LedgerEntryDraft(Body(1)), new LedgerEntryDraft(Body(2), Key(0))]), LedgerStoreFailure.Conflict);

        Assert.Equal(tree.Head, await store.GetHeadAsync(SampleLedger));
        Assert.Single(await store.ReadAsync(SampleLedger, 0, 10).ToListAsync());
        await store.AppendAsync(tree, new LedgerEntryDraft(Body(1), Key(1)));
        Assert.Equal(1, await store.FindByKeyAsync(SampleLedger, Key(1)));
    }

    [Fact]
    public async Task Append_KeyTwiceInBatch_IsConflictAndWritesNothing()
    {
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);

        await RefusedAsync(store, tree.Prepare([new LedgerEntryDraft(Body(0), Key(0)), new LedgerEntryDraft(Body(1), Key(0))]), LedgerStoreFailure.Conflict);

        Assert.Equal(0, (await store.GetHeadAsync(SampleLedger)).Size);
        Assert.Null(await store.FindByKeyAsync(SampleLedger, Key(0)));
    }

    [Fact]
    public async Task Append_MalformedBatch_IsArgumentExceptionAndWritesNothing()
    {
        var store = await CreateAsync();
        var batch = LedgerTree.Empty(SampleLedger).Prepare(Drafts(0, 2));
        LedgerBatch[] malformed =
        [
            batch with { Entries = [] },
            batch with { LeafHashes = batch.LeafHashes[..1] },
            batch with { NewHead = batch.NewHead with { Size = 3 } },
            batch with { NewHead = batch.NewHead with { Ledger = Numbered(1) } },
            batch with { Tiles = [new TileWrite(1, 0, new byte[Hash256.ByteCount])] },
        ];

        foreach (var bad in malformed)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.AppendAsync(bad));
        }

        Assert.Empty(await store.ListAsync().ToListAsync());
        await store.AppendAsync(batch);
        Assert.Equal(2, (await store.GetHeadAsync(SampleLedger)).Size);
    }

    private static async Task RefusedAsync(ILedgerStore store, LedgerBatch batch, LedgerStoreFailure reason)
    {
        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() => store.AppendAsync(batch));
        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(batch.Ledger, refusal.Ledger);
    }
}
