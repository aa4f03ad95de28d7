using System.Diagnostics;
using BriData.Contracts;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Grains.EventSourcing;

/// <summary>
/// Group commit for one activation: callers enqueue and await; one append is in flight; what arrives meanwhile is the next
/// batch. Lives on the activation's scheduler and is not thread-safe.
/// </summary>
internal sealed class LedgerWriter(ILedgerStore store, LedgerTree tree, int capacity, Action<Refusal, Exception> onFailure)
{
    private List<Group> _waiting = [];
    private int _waitingEntries;
    private Task _flush = Task.CompletedTask;
    private Task<Committed> _last = Task.FromResult(default(Committed));

    /// <summary>True when the queue is full; the caller must refuse before it changes any state.</summary>
    public bool IsFull => _waitingEntries >= capacity;

    /// <summary>Set once an append has failed; nothing more is written by this activation.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>Completes when everything enqueued until now is durable or has failed.</summary>
    public Task WhenCommittedAsync() => _last;

    /// <summary>Completes when nothing is left to write.</summary>
    public Task WhenIdleAsync() => _flush;

    /// <summary>Enqueues entries that become durable together or not at all.</summary>
    public Task<Committed> Enqueue(params ReadOnlySpan<LedgerEntryDraft> entries)
    {
        if (Failure is { } failure)
        {
            return Task.FromResult(new Committed(-1, default, failure));
        }

        var group = new Group([.. entries], new TaskCompletionSource<Committed>(TaskCreationOptions.RunContinuationsAsynchronously), Activity.Current);
        _waiting.Add(group);
        _last = group.Done.Task;
        _waitingEntries += entries.Length;
        if (_flush.IsCompleted)
        {
            _flush = FlushAsync();
        }

        return group.Done.Task;
    }

    private async Task FlushAsync()
    {
        // Leave the caller's turn first, so that requests already waiting for their turn join the batch.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var groups = _waiting;
            _waiting = [];
            _waitingEntries = 0;
            if (Failure is { } failure)
            {
                groups.ForEach(g => g.Done.SetResult(new Committed(-1, default, failure)));
                continue;
            }

            await WriteAsync(groups);
        }
    }

    private async Task WriteAsync(List<Group> groups)
    {
        try
        {
            var first = tree.Head.Size;
            Activity.Current = groups[0].Trace;
            var batch = tree.Prepare([.. groups.SelectMany(g => g.Entries)]);
            await store.AppendAsync(batch);
            tree.Commit(batch);
            var leaves = batch.LeafHashes.AsMemory();
            var offset = 0;
            foreach (var group in groups)
            {
                group.Done.SetResult(new Committed(first + offset, leaves.Slice(offset, group.Entries.Length), null));
                offset += group.Entries.Length;
            }
        }
        catch (Exception e)
        {
            // INVARIANT: state was already folded forward for these entries. It is discarded with the activation; the next
            // activation folds what is really stored. Whatever went wrong, every waiting caller is told.
            Failure = LedgerRefusals.From(e);
            groups.ForEach(g => g.Done.TrySetResult(new Committed(-1, default, Failure)));
            onFailure(Failure, e);
        }
        finally
        {
            Activity.Current = null;
        }
    }

    private sealed record Group(LedgerEntryDraft[] Entries, TaskCompletionSource<Committed> Done, Activity? Trace);
}
