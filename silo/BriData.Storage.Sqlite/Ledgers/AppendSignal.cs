namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Counts commits and wakes those who wait for the next one; costs a lock per commit when nobody does.</summary>
internal sealed class AppendSignal : ILedgerActivity
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<long>? _next;
    private long _version;

    public ValueTask<long> WaitForAppendAsync(long seenVersion, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_version != seenVersion)
            {
                return ValueTask.FromResult(_version);
            }

            _next ??= new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<long>(_next.Task.WaitAsync(cancellationToken));
        }
    }

    public void Raise()
    {
        TaskCompletionSource<long>? waiting;
        long version;
        lock (_gate)
        {
            version = ++_version;
            (waiting, _next) = (_next, null);
        }

        waiting?.SetResult(version);
    }
}
