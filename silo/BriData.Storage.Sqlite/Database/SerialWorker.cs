using System.Collections.Concurrent;

namespace BriData.Storage.Sqlite.Database;

/// <summary>Runs blocking work in order on one thread of its own, so that it never holds a thread of the pool.</summary>
internal sealed class SerialWorker : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public SerialWorker(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Queues work; the token cancels it only while it waits.</summary>
    public Task<TResult> RunAsync<TResult>(Func<TResult> work, CancellationToken cancellationToken = default)
    {
        var completion = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(_work.IsAddingCompleted, this);
        _work.Add(
            () =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    completion.SetCanceled(cancellationToken);
                    return;
                }

                Complete(completion, work);
            },
            CancellationToken.None);
        return completion.Task;
    }

    /// <summary>Lets queued work end, then stops the thread.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        if (_thread != Thread.CurrentThread)
        {
            _thread.Join();
        }
    }

    private static void Complete<TResult>(TaskCompletionSource<TResult> completion, Func<TResult> work)
    {
        TResult result;
        try
        {
            result = work();
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to the one who awaits it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            completion.SetException(error);
            return;
        }

        completion.SetResult(result);
    }

    private void Run()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
