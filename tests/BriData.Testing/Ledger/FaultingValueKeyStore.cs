using BriData.Ledger.Erasure;

namespace BriData.Testing.Ledger;

/// <summary>Passes everything to another store, except while a test has it fail.</summary>
public sealed class FaultingValueKeyStore(IValueKeyStore inner) : IValueKeyStore
{
    private volatile bool _erasing;
    private volatile bool _taking;
    private volatile KeyGate? _gate;
    private int _refused;

    /// <summary>How many erasures failed.</summary>
    public int Refused => Volatile.Read(ref _refused);

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

    /// <summary>Lets every look-up that finds a key wait, after it has looked, until the returned gate is opened.</summary>
    public KeyGate HoldFinding() => _gate = new KeyGate(() => _gate = null);

    public async Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var found = await inner.FindAsync(id, cancellationToken);
        if (found.Key is not null && _gate is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        return found;
    }

    public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        FailErasing ? RefuseAsync() : inner.EraseAsync(ids, at, cancellationToken);

    private Task RefuseAsync()
    {
        Interlocked.Increment(ref _refused);
        return Task.FromException(Refusal());
    }

    private static ValueKeyStoreException Refusal() => new(storageFull: false, "Refused by the test.");
}
