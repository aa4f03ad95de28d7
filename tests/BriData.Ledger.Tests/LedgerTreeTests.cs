using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using CsCheck;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests;

public sealed class LedgerTreeTests
{
    [Fact]
    public void Empty_HasTheEmptyRoot() => Assert.Equal(new LedgerHead(SampleLedger, 0, MerkleHash.EmptyRoot), LedgerTree.Empty(SampleLedger).Head);

    [Fact]
    public void Prepare_DoesNotChangeTheTree()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        var first = tree.Prepare(Drafts(0, 300));

        Assert.Equal(0, tree.Head.Size);
        var again = tree.Prepare(Drafts(0, 300));
        Assert.Equal(first.NewHead, again.NewHead);
        Assert.Equal(first.Tiles.Select(t => Convert.ToHexString(t.Hashes.Span)), again.Tiles.Select(t => Convert.ToHexString(t.Hashes.Span)));
        tree.Commit(again);
        Assert.Equal(again.NewHead, tree.Head);
    }

    [Fact]
    public void Prepare_AfterADroppedBatch_StartsFromTheHead()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        tree.Commit(tree.Prepare(Drafts(0, 255)));
        tree.Prepare(Drafts(900, 700));

        var batch = tree.Prepare(Drafts(255, 2));

        Assert.Equal(255, batch.ExpectedSize);
        Assert.Equal(ReferenceTree(257).Root(257), batch.NewHead.Root);
        var tile = Assert.Single(batch.Tiles);
        Assert.Equal((1, 0L, ReferenceTree(257).Root(256)), (tile.Level, tile.Index, Hash256.FromBytes(tile.Hashes.Span)));
    }

    [Fact]
    public void Commit_OtherBatch_IsRefused()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        var dropped = tree.Prepare(Drafts(0, 1));
        var batch = tree.Prepare(Drafts(0, 1));

        Assert.Throws<InvalidOperationException>(() => tree.Commit(dropped));
        tree.Commit(batch);
        Assert.Throws<InvalidOperationException>(() => tree.Commit(batch));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_536, 0)]
    [InlineData(10, 31)]
    [InlineData(10, 33)]
    public void Prepare_SizesOutOfRange_AreRefused(int body, int key)
    {
        var tree = LedgerTree.Empty(SampleLedger);

        Assert.Throws<ArgumentException>(() => tree.Prepare([new LedgerEntryDraft(new byte[body], new byte[key])]));
        Assert.Throws<ArgumentException>(() => tree.Prepare([]));
        Assert.NotNull(tree.Prepare([new LedgerEntryDraft(new byte[65_535], new byte[32])]));
    }

    [Fact]
    public void Prepare_AllocatesOnlyTheBatch()
    {
        const int count = 2000;
        var tree = LedgerTree.Empty(SampleLedger);
        var drafts = Drafts(0, count);
        tree.Prepare(drafts);
        tree.Commit(tree.Prepare(drafts));
        tree.Prepare(drafts);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var batch = tree.Prepare(drafts);

        var perBatch = (count * (System.Runtime.CompilerServices.Unsafe.SizeOf<LedgerEntryDraft>() + Hash256.ByteCount)) + batch.Tiles.Sum(t => t.Hashes.Length) + 1024;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, perBatch);
    }

    [Fact]
    public async Task RandomBatches_RootAndTilesAreThoseOfTheDefinition() => await Gen.Int[1, 400].Array[1, 8].SampleAsync(
        async sizes =>
        {
            var store = new InMemoryLedgerStore();
            var tree = await store.FillAsync(SampleLedger, sizes);
            var reference = ReferenceTree((int)tree.Head.Size);

            Assert.Equal(reference.Root(reference.Size), tree.Head.Root);
            for (var level = 0; level < 3; level++)
            {
                for (var index = 0; index < 14; index++)
                {
                    Assert.Equal(
                        (await reference.ReadTileAsync(SampleLedger, level, index)).ToArray(),
                        (await store.ReadTileAsync(SampleLedger, level, index)).ToArray());
                }
            }

            var loaded = await LedgerTree.LoadAsync(store, SampleLedger);
            Assert.Equal(tree.Head, loaded.Head);
            Assert.Equal(tree.Prepare(Drafts(0, 300)).NewHead, loaded.Prepare(Drafts(0, 300)).NewHead);
        },
        iter: 30);

    [Fact]
    public async Task TwoHundredFiftySixTiles_FillALevelTwoHash()
    {
        const int size = 65_536 + 300;
        var store = new InMemoryLedgerStore();

        var tree = await store.FillAsync(SampleLedger, 65_000, 535, 2, 299);

        Assert.Equal(size, tree.Head.Size);
        Assert.Equal(8192, (await store.ReadTileAsync(SampleLedger, 1, 0)).Length);
        Assert.Equal(32, (await store.ReadTileAsync(SampleLedger, 1, 1)).Length);
        Assert.Equal(32, (await store.ReadTileAsync(SampleLedger, 2, 0)).Length);
        Assert.Equal(tree.Head, (await LedgerTree.LoadAsync(store, SampleLedger)).Head);
        Assert.True((await Ledger.Verification.LedgerVerifier.VerifyAsync(store, SampleLedger, tree.Head)).Ok);
        var proof = await ProofBuilder.InclusionAsync(store, SampleLedger, 65_535, size);
        Assert.True(ProofVerifier.VerifyInclusion(MerkleHash.Leaf(Body(65_535)), 65_535, size, proof, tree.Head.Root));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Load_FlippedTile_IsCorrupt(int level, int index)
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 300);

        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() =>
            LedgerTree.LoadAsync(new Verification.TamperedLedgerStore(inner) { Tile = (level, index), Byte = 5 }, SampleLedger));

        Assert.Equal(LedgerStoreFailure.Corrupt, refusal.Reason);
    }

    [Fact]
    public async Task Load_MissingTile_IsCorrupt()
    {
        var inner = new InMemoryLedgerStore();
        await inner.FillAsync(SampleLedger, 300);

        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() =>
            LedgerTree.LoadAsync(new Verification.TamperedLedgerStore(inner) { Tile = (1, 0), Drop = true }, SampleLedger));

        Assert.Equal(LedgerStoreFailure.Corrupt, refusal.Reason);
    }

    private static Merkle.ReferenceTree ReferenceTree(int size) => Merkle.ReferenceTree.OfEntries(Enumerable.Range(0, size).Select(n => Body(n)));
}
