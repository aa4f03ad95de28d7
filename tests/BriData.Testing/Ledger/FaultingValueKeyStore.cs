using BriData.Ledger.Erasure;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store, except while a test has it fail.</summary>
public sealed class FaultingValueKeyStore(IValueKeyStore inner) : IValueKeyStore
{
    private volatile bool _erasing;
    private volatile bool _taking;

    /// <summary>While true, no key is destroyed.</summary>
    public bool FailErasing
    {
        get => _erasing;
        set => _erasing = value;
    }

    /// <summary>While true, no key is given out.</summary>
    public bool FailTaking
    {
        get => _taking;
        set => _taking = value;
    }

    public ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default) =>
        FailTaking ? ValueTask.FromException<ValueKey>(Refusal()) : inner.TakeAsync(cancellationToken);

    public Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

    public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        FailErasing ? Task.FromException(Refusal()) : inner.EraseAsync(ids, at, cancellationToken);

    private static ValueKeyStoreException Refusal() => new(storageFull: false, "Refused by the test.");
}
