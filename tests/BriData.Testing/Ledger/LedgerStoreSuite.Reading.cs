using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using Xunit;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Testing.Ledger;

public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task FindByKey_IsPerLedger()
    {
        var store = await CreateAsync();
        await store.AppendAsync(LedgerTree.Empty(Numbered(1)), new LedgerEntryDraft(Body(0)), new LedgerEntryDraft(Body(1), Key(5)));
        await store.AppendAsync(LedgerTree.Empty(Numbered(2)), new LedgerEntryDraft(Body(0), Key(5)));

        Assert.Equal(1, await store.FindByKeyAsync(Numbered(1), Key(5)));
        Assert.Equal(0, await store.FindByKeyAsync(Numbered(2), Key(5)));
        Assert.Null(await store.FindByKeyAsync(Numbered(3), Key(5)));
        Assert.Null(await store.FindByKeyAsync(Numbered(1), Key(6)));
    }

    [Fact]
    public async Task FindByKey_ManyEntriesWithoutKey_AreAllowed()
    {
        var store = await CreateAsync();
        await store.FillAsync(SampleLedger, 3, 2);

        Assert.Null(await store.FindByKeyAsync(SampleLedger, new byte[LedgerTree.KeyBytes]));
        Assert.Equal(5, (await store.GetHeadAsync(SampleLedger)).Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task FindByKey_NotThirtyTwoBytes_IsArgumentException(int length)
    {
        var store = await CreateAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.FindByKeyAsync(SampleLedger, new byte[length]));
    }

    [Theory]
    [InlineData(0, 5, 0, 5)]
    [InlineData(3, 4, 3, 1)]
    [InlineData(299, 400, 299, 1)]
    [InlineData(300, 400, 0, 0)]
    [InlineData(1000, 2000, 0, 0)]
    [InlineData(7, 7, 0, 0)]
    [InlineData(7, 2, 0, 0)]
    [InlineData(250, 260, 250, 10)]
    public async Task Read_Range_EndsAtHead(long from, long to, long first, int count)
    {
        var store = await CreateAsync();
        await store.FillAsync(SampleLedger, 100, 200);

        var entries = await store.ReadAsync(SampleLedger, from, to).ToListAsync();

        Assert.Equal(Enumerable.Range(0, count).Select(i => first + i), entries.Select(e => e.Index));
        Assert.All(entries, e => Assert.Equal(Body(e.Index), e.Body.ToArray()));
    }

    [Fact]
    public async Task List_DuringAppends_ShowsOnlyHeadsThatCanBeReadToTheEnd()
    {
        const int batches = 300;
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < batches; i++)
            {
                await store.AppendAsync(tree, Drafts(i, 1));
            }
        });

        do
        {
            foreach (var head in await store.ListAsync().ToListAsync())
            {
                Assert.True((await store.ReadAsync(head.Ledger, 0, head.Size).ToListAsync()).Count == head.Size, $"{head.Size} entries listed, fewer readable.");
            }
        }
        while (!writing.IsCompleted);

        await writing;
    }

    [Fact]
    public async Task Read_DuringAppends_SeesOnlyWholeBatchesThatHash()
    {
        const int batches = 40;
        const int perBatch = 7;
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);
        await store.AppendAsync(tree, Drafts(0, perBatch));
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i < batches; i++)
            {
                await store.AppendAsync(tree, Drafts(tree.Head.Size, perBatch));
            }
        });

        bool last;
        do
        {
            last = writer.IsCompleted;
            var head = await store.GetHeadAsync(SampleLedger);
            var entries = await store.ReadAsync(SampleLedger, 0, head.Size).ToListAsync();
            Assert.Equal(0, head.Size % perBatch);
            Assert.Equal(head.Size, entries.Count);
            Assert.Equal(head.Root, await ProofBuilder.RootAsync(store, SampleLedger, head.Size));
        }
        while (!last);

        await writer;
        Assert.Equal(batches * perBatch, (await store.GetHeadAsync(SampleLedger)).Size);
        Assert.True((await LedgerVerifier.VerifyAsync(store, SampleLedger, tree.Head)).Ok);
    }

    [Fact]
    public async Task Append_ManyLedgersAtOnce_KeepsEachWhole()
    {
        const int ledgers = 24;
        var store = await CreateAsync();

        var heads = await Task.WhenAll(Enumerable.Range(0, ledgers).Select(n => Task.Run(async () =>
            (await store.FillAsync(Numbered(n), 1 + n, 3, 1)).Head)));

        Assert.Equal(heads, await store.ListAsync().ToListAsync());
        foreach (var head in heads)
        {
            Assert.True((await LedgerVerifier.VerifyAsync(store, head.Ledger, head)).Ok);
        }
    }

    [Fact]
    public async Task List_IsOrderedOrdinally()
    {
        var store = await CreateAsync();
        string[] names = ["country/KZ", "agency/CN.customs", "country/CN", "agreement/a-b", "agreement/Z", "agreement/a_b", "agreement/a.b"];
        foreach (var name in names)
        {
            await store.FillAsync(LedgerId.Parse(name), 1);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), (await store.ListAsync().ToListAsync()).Select(h => h.Ledger.Value));
    }

    [Fact]
    public async Task ReadTile_GrowingLedger_HoldsEveryCompleteSubtree()
    {
        var store = await CreateAsync();
        var tree = LedgerTree.Empty(SampleLedger);
        foreach (var count in new[] { 1, 254, 1, 1, 255, 600, 3 })
        {
            await store.AppendAsync(tree, Drafts(tree.Head.Size, count));
            var size = tree.Head.Size;
            for (var index = 0L; index <= size / TileMath.Width; index++)
            {
                var tile = await store.ReadTileAsync(SampleLedger, 0, index);
                Assert.Equal(
                    Enumerable.Range(0, TileMath.WidthOf(0, index, size)).Select(i => MerkleHash.Leaf(Body((index * TileMath.Width) + i))),
                    Hashes(tile));
            }

            var level1 = await store.ReadTileAsync(SampleLedger, 1, 0);
            Assert.Equal(size / TileMath.Width, level1.Length / Hash256.ByteCount);
            Assert.True((await store.ReadTileAsync(SampleLedger, 1, 1)).IsEmpty);
            Assert.True((await store.ReadTileAsync(SampleLedger, 2, 0)).IsEmpty);
            Assert.True((await store.ReadTileAsync(SampleLedger, 0, (size / TileMath.Width) + 1)).IsEmpty);
            Assert.Equal(tree.Head.Root, await ProofBuilder.RootAsync(store, SampleLedger, size));
        }
    }

    [Fact]
    public async Task ReadTile_OneBatchOverSeveralTiles_IsComplete()
    {
        var store = await CreateAsync();

        var tree = await store.FillAsync(SampleLedger, 1300);

        Assert.Equal(5 * Hash256.ByteCount, (await store.ReadTileAsync(SampleLedger, 1, 0)).Length);
        Assert.True((await LedgerVerifier.VerifyAsync(store, SampleLedger, tree.Head)).Ok);
        Assert.Equal(tree.Head, (await LedgerTree.LoadAsync(store, SampleLedger)).Head);
    }

    [Fact]
    public async Task LoadedTree_ContinuesTheLedger()
    {
        var store = await CreateAsync();
        await store.FillAsync(SampleLedger, 511, 300);

        var loaded = await LedgerTree.LoadAsync(store, SampleLedger);
        await store.AppendAsync(loaded, Drafts(811, 250));

        Assert.True((await LedgerVerifier.VerifyAsync(store, SampleLedger, loaded.Head)).Ok);
        Assert.Equal(1061, loaded.Head.Size);
    }

    private static IEnumerable<Hash256> Hashes(ReadOnlyMemory<byte> tile)
    {
        Assert.Equal(0, tile.Length % Hash256.ByteCount);
        for (var i = 0; i < tile.Length; i += Hash256.ByteCount)
        {
            yield return Hash256.FromBytes(tile.Span.Slice(i, Hash256.ByteCount));
        }
    }
}
