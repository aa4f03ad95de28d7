namespace BriData.Ledger.Storage;

/// <summary>What a store can find out about its own files beyond what verifying a ledger shows, and do about it.</summary>
public interface ILedgerUpkeep
{
    /// <summary>
    /// Looks through everything stored, in pieces: rows and indexes against each other, keys, private values, documents.
    /// Reports what is known to be damaged, and then what does not agree, as it is found. Reads and appends go on meanwhile.
    /// </summary>
    /// <param name="pace">Awaited after each piece with the number of rows in it; sets the speed.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="LedgerStoreException">The store cannot be read for another reason than damage.</exception>
    IAsyncEnumerable<LedgerDamage> CheckAsync(Func<int, CancellationToken, ValueTask> pace, CancellationToken cancellationToken = default);

    /// <summary>
    /// What is known to be damaged now, without a look: each ledger once that has a name, and each once that is not known by its
    /// name any more. While this is not empty, what can be listed and read may be less than was written: a ledger whose name is
    /// damaged is not listed, one that lost entries is shorter.
    /// </summary>
    IReadOnlyCollection<LedgerDamage> KnownDamage();

    /// <summary>
    /// From now on, until the store is opened again, appends to the ledger are refused as <see cref="LedgerStoreFailure.Corrupt"/>.
    /// Idempotent.
    /// </summary>
    void Close(LedgerId ledger, string what);
}

/// <summary>Something stored that is not as it was written.</summary>
/// <param name="Ledger">The ledger concerned, or the default value when it is none or cannot be told.</param>
/// <param name="What">What is wrong, one sentence.</param>
/// <param name="Bears">
/// Where the ledger cannot be told: the name that stands in the place of its own, which may be right and may be another's. The
/// default value when none stands there.
/// </param>
public readonly record struct LedgerDamage(LedgerId Ledger, string What, LedgerId Bears = default);
