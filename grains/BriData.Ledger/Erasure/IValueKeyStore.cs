namespace BriData.Ledger.Erasure;

/// <summary>
/// Keys of values that can be erased: 256 random bits each, named by an identifier that says nothing. Ledgers and payload
/// stores hold only what is sealed under such a key, so destroying the key destroys every copy of the value (I8).
/// Implementations are safe for concurrent use.
/// </summary>
public interface IValueKeyStore
{
    /// <summary>
    /// Gives out a key that nobody was given before. It MUST be on durable storage before it is given out. Keys are made
    /// ahead, so the call seldom waits; a key that is given out and not used is lost.
    /// </summary>
    /// <exception cref="ValueKeyStoreException">The store is full or unavailable and no key is left.</exception>
    ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks up a key. An identifier that this store could not have given out is one it does not know.</summary>
    /// <exception cref="ValueKeyStoreException">The store is unavailable or damaged.</exception>
    Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Destroys keys. MUST return only after none of their bytes is left in any file of the store, and the fact is on
    /// durable storage. Idempotent: an earlier erasure keeps its instant, an identifier that is not known is passed over.
    /// After a failure it MUST be repeated, whatever <see cref="FindAsync"/> then says.
    /// </summary>
    /// <param name="ids">Identifiers.</param>
    /// <param name="at">Instant of the erasure; kept to the millisecond.</param>
    /// <param name="cancellationToken">Ends the wait, not an erasure that has begun.</param>
    /// <exception cref="ValueKeyStoreException">The store is full or unavailable. Some keys may be destroyed already.</exception>
    Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default);
}

/// <summary>What a store knows of a key.</summary>
/// <param name="Key">The key; null when it was erased or never existed here.</param>
/// <param name="ErasedAt">When it was erased; null when it is there or never existed here.</param>
public readonly record struct ValueKeyLookup(ValueKey? Key, DateTimeOffset? ErasedAt);
