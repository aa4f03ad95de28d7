using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Ledger.Audit;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;

namespace BriData.Grains.EventSourcing;

/// <summary>The one place that turns a ledger store's failure into a refusal.</summary>
public static class LedgerRefusals
{
    /// <summary>The refusal for the caller, by the reason of the failure.</summary>
    public static Refusal From(Exception failure) => failure switch
    {
        LedgerStoreException store => From(store),
        AuditIndexException index => Unnamed(index.Reason),
        UnreadableEntryException => new(ErrorCodes.LedgerCorrupt, $"The ledger cannot be read: {failure.Message}"),
        _ => new(ErrorCodes.OutcomeUnknown, "It is not known whether the entry was written. Repeat the request with the same Idempotency-Key."),
    };

    /// <summary>The refusal when a key for a value cannot be had.</summary>
    public static Refusal From(ValueKeyStoreException failure) => new(ErrorCodes.KeysUnavailable, failure.StorageFull
        ? "The keys of private values cannot be written: the storage is full."
        : "The keys of private values cannot be reached.");

    /// <summary>The refusal that names no ledger: for the index, which is of all, and for callers who may not know of the ledger.</summary>
    public static Refusal Unnamed(LedgerStoreFailure reason) => reason switch
    {
        LedgerStoreFailure.Full => new(ErrorCodes.LedgerFull, "The storage is full."),
        LedgerStoreFailure.Corrupt => new(ErrorCodes.LedgerCorrupt, "What is stored is damaged."),
        LedgerStoreFailure.OutcomeUnknown => new(
            ErrorCodes.OutcomeUnknown, "It is not known whether the entry was written. Repeat the request with the same Idempotency-Key."),
        _ => new(ErrorCodes.LedgerUnavailable, "The storage cannot be reached. Repeat the request."),
    };

    /// <inheritdoc cref="From(Exception)"/>
    public static Refusal From(LedgerStoreException failure) => failure.Reason switch
    {
        LedgerStoreFailure.Full => new(ErrorCodes.LedgerFull, $"The ledger {failure.Ledger} cannot be written: the storage is full."),
        LedgerStoreFailure.Corrupt => new(ErrorCodes.LedgerCorrupt, $"The ledger {failure.Ledger} is damaged and takes no entries: {failure.Message}"),
        LedgerStoreFailure.OutcomeUnknown => new(
            ErrorCodes.OutcomeUnknown, $"It is not known whether the entry reached the ledger {failure.Ledger}. Repeat the request with the same Idempotency-Key."),
        LedgerStoreFailure.Conflict => new(
            ErrorCodes.LedgerUnavailable, $"The ledger {failure.Ledger} was written by another activation. Repeat the request with the same Idempotency-Key."),
        _ => new(ErrorCodes.LedgerUnavailable, $"The ledger {failure.Ledger} cannot be reached."),
    };
}
