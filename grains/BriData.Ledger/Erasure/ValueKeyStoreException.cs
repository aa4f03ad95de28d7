namespace BriData.Ledger.Erasure;

/// <summary>The key store refused; <see cref="StorageFull"/> tells a full disk from other failures.</summary>
public sealed class ValueKeyStoreException(bool storageFull, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public bool StorageFull { get; } = storageFull;
}
