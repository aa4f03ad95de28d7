using BriData.Ledger.Canonical;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;

namespace BriData.Ledger.Verification;

/// <summary>
/// Recomputes a whole ledger from its entries' bytes and compares everything stored about it. Shares the format with the
/// writer, not its code. A single changed byte in an entry, a leaf hash, a tile or the head is found; a ledger rewritten
/// consistently as a whole is found only against a checkpoint or head from outside.
/// </summary>
public static class LedgerVerifier
{
    /// <summary>Verifies a ledger up to its head, and that an earlier head (kept elsewhere) is a prefix of it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="expected">A head that the ledger must have had; null for none.</param>
    /// <param name="cancellationToken">Ends the verification without a report.</param>
    /// <exception cref="LedgerStoreException">The store cannot be read for another reason than damage.</exception>
    public static async Task<LedgerVerificationReport> VerifyAsync(ILedgerStore store, LedgerId ledger, LedgerHead? expected = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (expected is { } given && given.Ledger != ledger)
        {
            throw new ArgumentException($"The expected head is of {given.Ledger}, not of {ledger}.", nameof(expected));
        }

        var roots = new RootAccumulator();
        try
        {
            var head = await store.GetHeadAsync(ledger, cancellationToken);
            await CheckAsync(store, head, expected, roots, cancellationToken);
            return new LedgerVerificationReport(ledger, roots.Size, roots.Root(), null, null);
        }
        catch (LedgerProblemException e)
        {
            return new LedgerVerificationReport(ledger, roots.Size, roots.Root(), e.Index, e.Message);
        }
        catch (LedgerStoreException e) when (e.Reason == LedgerStoreFailure.Corrupt)
        {
            return new LedgerVerificationReport(ledger, roots.Size, roots.Root(), roots.Size, e.Message);
        }
    }

    /// <summary>Verifies a ledger against a checkpoint, whose signature the caller has verified.</summary>
    /// <inheritdoc cref="VerifyAsync(ILedgerStore, LedgerId, LedgerHead?, CancellationToken)"/>
    public static Task<LedgerVerificationReport> VerifyAsync(ILedgerStore store, LedgerId ledger, Checkpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return VerifyAsync(store, ledger, new LedgerHead(ledger, checkpoint.Size, checkpoint.Root), cancellationToken);
    }

    private static async Task CheckAsync(ILedgerStore store, LedgerHead head, LedgerHead? expected, RootAccumulator roots, CancellationToken cancellationToken)
    {
        if (expected is { } outside && outside.Size > head.Size)
        {
            throw new LedgerProblemException(head.Size, $"The ledger ends at {head.Size}; it had {outside.Size} entries once.");
        }

        var tiles = new TileChecker(store, head.Ledger, cancellationToken);
        CheckExpected(roots, expected);
        await foreach (var entry in store.ReadAsync(head.Ledger, 0, head.Size, cancellationToken))
        {
            CheckEntry(entry, roots.Size);
            roots.Add(MerkleHash.Leaf(entry.Body.Span));
            await tiles.AddAsync(entry.LeafHash);
            CheckExpected(roots, expected);
        }

        if (roots.Size < head.Size)
        {
            throw new LedgerProblemException(roots.Size, $"Entry {roots.Size} is missing; the head counts {head.Size}.");
        }

        await tiles.FinishAsync();
        if (roots.Root() != head.Root)
        {
            throw new LedgerProblemException(null, $"The entries hash to {roots.Root()}, the head at size {head.Size} says {head.Root}.");
        }
    }

    private static void CheckEntry(StoredEntry entry, long index)
    {
        if (entry.Index != index)
        {
            throw new LedgerProblemException(index, $"Entry {index} is missing; {entry.Index} stands in its place.");
        }

        if (MerkleHash.Leaf(entry.Body.Span) != entry.LeafHash)
        {
            throw new LedgerProblemException(index, $"The bytes of entry {index} do not have its leaf hash.");
        }

        if (entry.Body.Length > LedgerTree.MaxEntryBytes || !CanonicalJson.IsCanonical(entry.Body.Span))
        {
            throw new LedgerProblemException(index, $"Entry {index} is not canonical JSON of at most {LedgerTree.MaxEntryBytes} bytes.");
        }
    }

    private static void CheckExpected(RootAccumulator roots, LedgerHead? expected)
    {
        if (expected is { } outside && outside.Size == roots.Size && outside.Root != roots.Root())
        {
            throw new LedgerProblemException(null, $"The first {roots.Size} entries hash to {roots.Root()}, the expected root is {outside.Root}.");
        }
    }
}
