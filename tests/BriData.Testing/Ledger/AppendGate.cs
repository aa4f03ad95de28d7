namespace BriData.Testing.Ledger;

/// <summary>Holds one append of a <see cref="FaultingLedgerStore"/>.</summary>
public sealed class AppendGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the append has come to the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the append go on; may be called before it comes.</summary>
    public void Release() => _released.TrySetResult();

    internal Task PassAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}
