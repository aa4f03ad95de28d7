namespace BriData.Identity.Tests.Support;

/// <summary>Lets nobody pass until all have arrived.</summary>
internal sealed class Meeting(int participants)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = participants;

    public Task ArriveAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _complete.SetResult();
        }

        return _complete.Task.WaitAsync(cancellationToken);
    }
}
