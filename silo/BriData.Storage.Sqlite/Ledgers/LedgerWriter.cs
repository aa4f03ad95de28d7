using System.Diagnostics;
using System.Threading.Channels;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// The one writer of <c>ledger.db</c>: a thread that takes all waiting requests, of all ledgers, into one commit.
/// What arrives during a commit is the next group; there is no linger.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    /// <summary>A group stops growing here, so that one commit stays short.</summary>
    private const long MaxGroupBytes = 16 << 20;

    private readonly Channel<WriteRequest> _queue;
    private readonly ManualResetEventSlim _wake = new();
    private readonly GroupCommit _commit;
    private readonly StorageInstruments _instruments;
    private readonly AppendSignal _signal;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public LedgerWriter(GroupCommit commit, int capacity, StorageInstruments instruments, AppendSignal signal, ILogger logger)
    {
        _commit = commit;
        _instruments = instruments;
        _signal = signal;
        _logger = logger;
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _thread = new Thread(Run) { IsBackground = true, Name = "bridata-ledger-writer" };
        _thread.Start();
    }

    /// <summary>Queues a request; its task tells the outcome. A full queue refuses at once.</summary>
    public Task EnqueueAsync(WriteRequest request)
    {
        if (_queue.Writer.TryWrite(request))
        {
            _wake.Set();
            return request.Completion;
        }

        Refuse(request, new RequestRefusal(LedgerStoreFailure.Unavailable, _stopping ? "The store is closed." : "Too many appends are waiting."));
        return request.Completion;
    }

    /// <summary>Commits what is queued, then stops.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _commit.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteRequest>();
        while (true)
        {
            // The order matters: whatever is queued after the reset sets the event again, and a stop that is seen here
            // was announced after the last request was queued.
            _wake.Reset();
            var stopping = _stopping;
            Fill(group);
            if (group.Count > 0)
            {
                Commit(group);
                group.Clear();
            }
            else if (stopping)
            {
                return;
            }
            else
            {
                _wake.Wait();
            }
        }
    }

    private void Fill(List<WriteRequest> group)
    {
        var bytes = 0L;
        while (bytes < MaxGroupBytes && _queue.Reader.TryRead(out var request))
        {
            group.Add(request);
            bytes += request.Bytes;
        }
    }

    private void Commit(List<WriteRequest> group)
    {
        var started = Stopwatch.GetTimestamp();
        RequestRefusal? failure;
        using (var activity = CommitTrace.Start(group))
        {
            failure = _commit.Run(group);
            CommitTrace.Finish(activity, group, failure);
        }

        var duration = Stopwatch.GetElapsedTime(started);
        if (failure is not null)
        {
            LedgerLog.GroupFailed(_logger, failure.Reason, group.Count, failure.Cause);
        }

        Complete(group, failure, duration);

        // Those of this group need not wait for it.
        if (failure is null)
        {
            _commit.AfterCommit();
        }
    }

    private void Complete(List<WriteRequest> group, RequestRefusal? failure, TimeSpan duration)
    {
        var entries = 0;
        foreach (var request in group)
        {
            entries += (failure ?? request.Refusal) is null ? request.Entries : 0;
        }

        if (failure is null)
        {
            _instruments.Committed(duration, entries);
        }

        if (entries > 0)
        {
            _signal.Raise();
        }

        foreach (var request in group)
        {
            // A request refused for its own sake keeps its own reason; a conflict was with the group that failed.
            var refusal = request.IsExcluded ? request.Refusal : failure ?? request.Refusal;
            if (refusal is null)
            {
                request.Succeed();
            }
            else
            {
                Refuse(request, refusal);
            }
        }
    }

    private void Refuse(WriteRequest request, RequestRefusal refusal)
    {
        _instruments.Failed(refusal.Reason);
        request.Fail(refusal);
    }
}
