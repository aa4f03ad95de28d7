using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;
using CsCheck;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Merkle;

public sealed class InclusionProverTests
{
    [Fact]
    public async Task Path_AnyIndexOfAnySize_IsTheProofBuiltAlone() =>
        await Gen.Select(Gen.Int[1, 1200], Gen.Int[0, 1199].Array[1, 20]).SampleAsync(
            async (size, places) =>
            {
                var tree = ReferenceTree.OfSize(size);
                var prover = new InclusionProver(tree, ReferenceTree.Id, size);
                foreach (var index in places.Select(p => p % size))
                {
                    Assert.Equal(
                        await ProofBuilder.InclusionAsync(tree, ReferenceTree.Id, index, size, TestContext.Current.CancellationToken),
                        await prover.PathAsync(index, TestContext.Current.CancellationToken));
                }
            },
            iter: 100);

    [Fact]
    public async Task Path_EveryEntryOfALargeLedger_ReadsEachTileOnceAndVerifies()
    {
        const int Size = 70_000;
        var store = new InMemoryLedgerStore();
        var tree = await store.FillAsync(SampleLedger, Size);
        var counting = new CountingLedgerStore(store);
        var prover = new InclusionProver(counting, tree.Head.Ledger, Size);
        for (var index = Size - 1; index >= 0; index--)
        {
            var proof = await prover.PathAsync(index, TestContext.Current.CancellationToken);
            if (index % 997 == 0 || index is 65_535 or 65_536 or Size - 1)
            {
                var leaf = MerkleHash.Leaf(Body(index));
                Assert.True(ProofVerifier.VerifyInclusion(leaf, index, Size, proof, tree.Head.Root));
            }
        }

        // 274 tiles of leaves and 3 above; those above may leave memory once and come again.
        Assert.InRange(counting.Tiles, 277, 290);
    }

    [Fact]
    public async Task Path_TileIsShorterThanTheSizeNeeds_IsCorrupt()
    {
        var prover = new InclusionProver(ReferenceTree.OfSize(10), ReferenceTree.Id, 12);

        var failure = await Assert.ThrowsAsync<LedgerStoreException>(async () => await prover.PathAsync(3, TestContext.Current.CancellationToken));

        Assert.Equal(LedgerStoreFailure.Corrupt, failure.Reason);
    }
}
