using System.Collections.Immutable;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Merkle;

/// <summary>
/// Builds proofs from a store's tiles, following the recursive definitions of RFC 6962 sections 2.1, 2.1.1 and 2.1.2.
/// Sizes may lie behind the head, never beyond it.
/// </summary>
public static class ProofBuilder
{
    /// <summary>Root of the tree over the first <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="LedgerStoreException">Corrupt: a tile that a tree of this size has is missing (or the size lies beyond the head).</exception>
    public static async Task<Hash256> RootAsync(ILedgerStore store, LedgerId ledger, long size, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return await new TileReader(store, ledger, cancellationToken).RootAsync(size);
    }

    /// <summary>PATH(index, D[0:size]): from the leaf's sibling up to the child of the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ index &lt; size.</exception>
    /// <exception cref="LedgerStoreException">Corrupt: a tile that a tree of this size has is missing (or the size lies beyond the head).</exception>
    public static async Task<ImmutableArray<Hash256>> InclusionAsync(ILedgerStore store, LedgerId ledger, long index, long size, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var reader = new TileReader(store, ledger, cancellationToken);
        var proof = ImmutableArray.CreateBuilder<Hash256>();
        await PathAsync(reader, index, 0, size, proof);
        return proof.DrainToImmutable();
    }

    /// <summary>PROOF(fromSize, D[0:toSize]); empty when the sizes are equal or the first is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ fromSize ≤ toSize.</exception>
    /// <exception cref="LedgerStoreException">Corrupt: a tile that a tree of this size has is missing (or the size lies beyond the head).</exception>
    public static async Task<ImmutableArray<Hash256>> ConsistencyAsync(ILedgerStore store, LedgerId ledger, long fromSize, long toSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(fromSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromSize, toSize);
        if (fromSize == 0 || fromSize == toSize)
        {
            return [];
        }

        var reader = new TileReader(store, ledger, cancellationToken);
        var proof = ImmutableArray.CreateBuilder<Hash256>();
        await SubProofAsync(reader, fromSize, 0, toSize, true, proof);
        return proof.DrainToImmutable();
    }

    private static async ValueTask PathAsync(TileReader reader, long index, long from, long to, ImmutableArray<Hash256>.Builder proof)
    {
        if (to - from == 1)
        {
            return;
        }

        var middle = from + TileReader.LargestPowerOfTwoBelow(to - from);
        if (index < middle)
        {
            await PathAsync(reader, index, from, middle, proof);
            proof.Add(await reader.RangeAsync(middle, to));
        }
        else
        {
            await PathAsync(reader, index, middle, to, proof);
            proof.Add(await reader.RangeAsync(from, middle));
        }
    }

    // SUBPROOF(m, D[from:to], known): "known" says that the verifier holds the root of D[from:m] already.
    private static async ValueTask SubProofAsync(TileReader reader, long m, long from, long to, bool known, ImmutableArray<Hash256>.Builder proof)
    {
        if (m == to)
        {
            if (!known)
            {
                proof.Add(await reader.RangeAsync(from, to));
            }

            return;
        }

        var middle = from + TileReader.LargestPowerOfTwoBelow(to - from);
        if (m <= middle)
        {
            await SubProofAsync(reader, m, from, middle, known, proof);
            proof.Add(await reader.RangeAsync(middle, to));
        }
        else
        {
            await SubProofAsync(reader, m, middle, to, false, proof);
            proof.Add(await reader.RangeAsync(from, middle));
        }
    }
}
