using BriData.Ledger.Merkle;
using CsCheck;

namespace BriData.Ledger.Tests.Merkle;

public sealed class ProofProperties
{
    private static readonly Gen<Hash256> AnyHash = Gen.Byte.Array[Hash256.ByteCount].Select(bytes => Hash256.FromBytes(bytes));

    [Fact]
    public async Task Inclusion_EveryLeafOfEverySize_VerifiesAndNothingElseDoes()
    {
        var tree = ReferenceTree.OfSize(40);
        for (var size = 1; size <= tree.Size; size++)
        {
            var root = tree.Root(size);
            for (var index = 0; index < size; index++)
            {
                var proof = await ProofBuilder.InclusionAsync(tree, ReferenceTree.Id, index, size);
                Assert.True(ProofVerifier.VerifyInclusion(tree.Leaf(index), index, size, proof, root));
                for (var other = -1; other <= size; other++)
                {
                    Assert.Equal(other == index, ProofVerifier.VerifyInclusion(tree.Leaf(index), other, size, proof, root));
                }
            }
        }
    }

    [Fact]
    public async Task Inclusion_LargeTrees_VerifyAndAnyAlterationFails() =>
        await Gen.Select(Gen.Int[1, 1200], Gen.Int[0, 1199], Gen.Int[0, 1000], AnyHash).SampleAsync(
            async (size, i, at, hash) =>
            {
                var tree = ReferenceTree.OfSize(size);
                var (index, root) = (i % size, tree.Root(size));
                var leaf = tree.Leaf(index);
                var proof = await ProofBuilder.InclusionAsync(tree, ReferenceTree.Id, index, size);
                Assert.True(ProofVerifier.VerifyInclusion(leaf, index, size, proof, root));

                Assert.False(ProofVerifier.VerifyInclusion(hash, index, size, proof, root));
                Assert.False(ProofVerifier.VerifyInclusion(leaf, index, size, proof, hash));
                Assert.False(ProofVerifier.VerifyInclusion(leaf, index, size, proof.Add(hash), root));
                Assert.False(ProofVerifier.VerifyInclusion(leaf, (index + 1) % (size + 1), size, proof, root));
                if (!proof.IsEmpty)
                {
                    Assert.False(ProofVerifier.VerifyInclusion(leaf, index, size, proof.SetItem(at % proof.Length, hash), root));
                    Assert.False(ProofVerifier.VerifyInclusion(leaf, index, size, proof.RemoveAt(at % proof.Length), root));
                }
            },
            iter: 60);

    [Fact]
    public async Task Consistency_AllPairs_VerifyAndAnyAlterationFails()
    {
        var tree = ReferenceTree.OfSize(36);
        var wrong = Hash256.OfSha256("wrong"u8);
        for (var to = 0; to <= tree.Size; to++)
        {
            for (var from = 0; from <= to; from++)
            {
                var proof = await ProofBuilder.ConsistencyAsync(tree, ReferenceTree.Id, from, to);
                Assert.True(ProofVerifier.VerifyConsistency(from, tree.Root(from), to, tree.Root(to), proof));
                Assert.False(ProofVerifier.VerifyConsistency(from, wrong, to, tree.Root(to), proof));
                Assert.False(ProofVerifier.VerifyConsistency(from, tree.Root(from), to, tree.Root(to), proof.Add(wrong)));
                Assert.False(ProofVerifier.VerifyConsistency(to + 1, tree.Root(from), to, tree.Root(to), proof));
                
                // Everything extends the empty tree, so nothing can be told from it; else a wrong root is found.
                Assert.Equal(from == 0 && to > 0, ProofVerifier.VerifyConsistency(from, tree.Root(from), to, wrong, proof));
                for (var i = 0; i < proof.Length; i++)
                {
                    Assert.False(ProofVerifier.VerifyConsistency(from, tree.Root(from), to, tree.Root(to), proof.SetItem(i, wrong)));
                    Assert.False(ProofVerifier.VerifyConsistency(from, tree.Root(from), to, tree.Root(to), proof.RemoveAt(i)));
                }
            }
        }
    }

    [Fact]
    public async Task Consistency_LargeTrees_Verify() =>
        await Gen.Select(Gen.Int[1, 1200], Gen.Int[1, 1200]).SampleAsync(
            async (a, b) =>
            {
                var (from, to) = (Math.Min(a, b), Math.Max(a, b));
                var tree = ReferenceTree.OfSize(to);
                var proof = await ProofBuilder.ConsistencyAsync(tree, ReferenceTree.Id, from, to);
                Assert.True(ProofVerifier.VerifyConsistency(from, tree.Root(from), to, tree.Root(to), proof));
            },
            iter: 40);

    [Fact]
    public void Verify_Garbage_IsFalseAndNeverThrows()
    {
        var longs = Gen.OneOf(Gen.Long, Gen.Long[-2, 20], Gen.Const(long.MaxValue), Gen.Const(long.MinValue));
        Gen.Select(longs, longs, AnyHash, AnyHash, AnyHash.Array[0, 70]).Sample((a, b, x, y, proof) =>
        {
            Assert.False(ProofVerifier.VerifyInclusion(x, a, b, [.. proof], y));
            Assert.False(ProofVerifier.VerifyConsistency(a, x, b, y, [.. proof]) && a != 0);
            Assert.False(ProofVerifier.VerifyInclusion(x, a, b, default, y));
            Assert.False(ProofVerifier.VerifyConsistency(a, x, b, y, default));
        });
    }

    [Fact]
    public async Task Builder_ArgumentsOutOfRange_AreRefused()
    {
        var tree = ReferenceTree.OfSize(3);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ProofBuilder.InclusionAsync(tree, ReferenceTree.Id, 3, 3));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ProofBuilder.InclusionAsync(tree, ReferenceTree.Id, -1, 3));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ProofBuilder.ConsistencyAsync(tree, ReferenceTree.Id, 3, 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ProofBuilder.RootAsync(tree, ReferenceTree.Id, -1));
        var beyond = await Assert.ThrowsAsync<Ledger.Storage.LedgerStoreException>(() => ProofBuilder.RootAsync(tree, ReferenceTree.Id, 4));
        Assert.Equal(Ledger.Storage.LedgerStoreFailure.Corrupt, beyond.Reason);
    }

    [Fact]
    public void IncrementalRoot_IsTheRecursiveRoot()
    {
        var tree = ReferenceTree.OfSize(1100);
        var edge = new RightEdge();
        for (var size = 1; size <= tree.Size; size++)
        {
            edge.Append(tree.Leaf(size - 1), []);
            if (size % 37 == 0 || size % 256 < 2)
            {
                Assert.Equal(tree.Root(size), edge.Root());
            }
        }
    }

    [Theory]
    [InlineData(0, 272, 70_000, 256)]
    [InlineData(0, 273, 70_000, 112)]
    [InlineData(0, 274, 70_000, 0)]
    [InlineData(1, 0, 70_000, 256)]
    [InlineData(1, 1, 70_000, 17)]
    [InlineData(2, 0, 70_000, 1)]
    [InlineData(3, 0, 70_000, 0)]
    [InlineData(0, 0, 256, 256)]
    [InlineData(0, 1, 256, 0)]
    [InlineData(1, 0, 256, 1)]
    [InlineData(0, long.MaxValue, long.MaxValue, 0)]
    public void TileWidth_IsThatOfTlogTiles(int level, long index, long size, int width) => Assert.Equal(width, TileMath.WidthOf(level, index, size));
}
