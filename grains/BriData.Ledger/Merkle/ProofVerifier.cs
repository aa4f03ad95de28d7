using System.Collections.Immutable;

namespace BriData.Ledger.Merkle;

/// <summary>
/// Checks proofs by the iterative algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2. Shares nothing with
/// <see cref="ProofBuilder"/> but the hash function. Never throws: what is not a proof is not a valid one.
/// </summary>
public static class ProofVerifier
{
    /// <summary>Whether <paramref name="leaf"/> is at <paramref name="index"/> in the tree of this size and root.</summary>
    public static bool VerifyInclusion(Hash256 leaf, long index, long size, ImmutableArray<Hash256> proof, Hash256 root)
    {
        if (proof.IsDefault || index < 0 || index >= size)
        {
            return false;
        }

        var fn = index;
        var sn = size - 1;
        var r = leaf;
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = MerkleHash.Node(r, p);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && r == root;
    }

    /// <summary>
    /// Whether the tree of the first size and root is a prefix of the tree of the second. An empty first tree is a prefix
    /// of every tree, a tree is a prefix of itself; both with an empty proof.
    /// </summary>
    public static bool VerifyConsistency(long fromSize, Hash256 fromRoot, long toSize, Hash256 toRoot, ImmutableArray<Hash256> proof)
    {
        if (proof.IsDefault || fromSize < 0 || fromSize > toSize)
        {
            return false;
        }

        if (fromSize == toSize)
        {
            return proof.IsEmpty && fromRoot == toRoot && (fromSize != 0 || fromRoot == MerkleHash.EmptyRoot);
        }

        if (fromSize == 0)
        {
            return proof.IsEmpty && fromRoot == MerkleHash.EmptyRoot;
        }

        // The first node is left out of the proof when the old tree is a complete subtree: it is the old root itself.
        var path = (fromSize & (fromSize - 1)) == 0 ? proof.Insert(0, fromRoot) : proof;
        if (path.IsEmpty)
        {
            return false;
        }

        var fn = fromSize - 1;
        var sn = toSize - 1;
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        var fr = path[0];
        var sr = path[0];
        for (var i = 1; i < path.Length; i++)
        {
            var c = path[i];
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleHash.Node(c, fr);
                sr = MerkleHash.Node(c, sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && fr == fromRoot && sr == toRoot;
    }
}
