namespace BriData.Ledger.Storage;

/// <summary>
/// Durable, append-only storage of ledgers. Implementations are safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>Any error that leaves the outcome certain (nothing was written) is a <see cref="LedgerStoreException"/> with
/// its <see cref="LedgerStoreException.Reason"/>; when the outcome is not certain the reason is
/// <see cref="LedgerStoreFailure.OutcomeUnknown"/>. Driver exceptions do not pass this interface.</para>
/// </remarks>
public interface ILedgerStore
{
    /// <summary>Reads the head: size 0 and the empty root for a ledger that has no entry yet.</summary>
    ValueTask<LedgerHead> GetHeadAsync(LedgerId ledger, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends a prepared batch. MUST be atomic: all entries, tiles and the head, or nothing. MUST return only after
    /// the batch is on durable storage. MUST refuse with <see cref="LedgerStoreFailure.Conflict"/> when the stored size
    /// is not <see cref="LedgerBatch.ExpectedSize"/>, or when an entry's key is already in the ledger or twice in the
    /// batch. MUST NOT retry. Once called, the append is not cancelled. The store
    /// does not keep the batch's buffers after the returned task completes, and the caller must not change them before.
    /// </summary>
    /// <exception cref="ArgumentException">The batch contradicts itself (<see cref="LedgerBatchRules"/>). Nothing was written.</exception>
    Task AppendAsync(LedgerBatch batch);

    /// <summary>
    /// Reads entries <paramref name="from"/> ≤ index &lt; <paramref name="to"/> in order; ends early at the committed head.
    /// Never shows an entry of an uncommitted batch.
    /// </summary>
    IAsyncEnumerable<StoredEntry> ReadAsync(LedgerId ledger, long from, long to, CancellationToken cancellationToken = default);

    /// <summary>Finds the index of the entry appended with this idempotency key (32 bytes), or null.</summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
    ValueTask<long?> FindByKeyAsync(LedgerId ledger, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a tile of the hash tree: up to 256 consecutive hashes of 32 bytes, per C2SP tlog-tiles. Level 0 holds leaf
    /// hashes. Only hashes of complete subtrees are returned, so the last tile of a level may be partial; an absent tile
    /// is empty.
    /// </summary>
    ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(LedgerId ledger, int level, long index, CancellationToken cancellationToken = default);

    /// <summary>Lists the heads of all ledgers that have an entry, ordered by identifier (ordinal).</summary>
    IAsyncEnumerable<LedgerHead> ListAsync(CancellationToken cancellationToken = default);
}
