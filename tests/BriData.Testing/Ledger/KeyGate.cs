namespace BriData.Testing.Ledger;

/// <summary>Where look-ups of keys wait until a test lets them go on.</summary>
public sealed class KeyGate(Action opened)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a look-up waits here.</summary>
    public Task Reached => _reached.Task;

    public void Open()
    {
        opened();
        _open.SetResult();
    }

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }
}
