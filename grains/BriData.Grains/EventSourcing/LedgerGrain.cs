using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.EventSourcing;

/// <summary>
/// A grain whose state is the fold of its ledger. State runs ahead of storage by what is enqueued; nothing that depends on
/// it may leave before <see cref="Committed"/> says so (I1), which <see cref="AppendAsync"/> and
/// <see cref="CommittedStateAsync"/> see to.
/// </summary>
internal abstract partial class LedgerGrain<TState>(LedgerGrainServices services, ILogger logger) : Grain
    where TState : class, ILedgerState<TState>, new()
{
    private static readonly TimeSpan RefusalLifetime = TimeSpan.FromMilliseconds(500);

    private LedgerWriter _writer = null!;
    private long _folded;

    /// <summary>The ledger this grain is the only writer of.</summary>
    protected abstract LedgerId Ledger { get; }

    protected LedgerGrainServices Services => services;

    /// <summary>The fold of everything stored and enqueued.</summary>
    protected TState State { get; private set; } = new();

    /// <summary>Entries folded into <see cref="State"/>.</summary>
    protected long Folded => _folded;

    /// <summary>Why this activation cannot serve, or null. Checked first in every method.</summary>
    protected Refusal? Unavailable { get; private set; }

    /// <summary>True when the commit queue is full.</summary>
    protected bool IsBusy => _writer.IsFull;

    /// <summary>The instant of the current act, as an entry can hold it.</summary>
    protected DateTimeOffset Now => EventEncoder.Truncate(services.Time.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(services.Options.FoldLimit);
        try
        {
            var tree = await LedgerTree.LoadAsync(services.Store, Ledger, cancellationToken);
            _writer = new LedgerWriter(services.Store, tree, services.Options.MaxWaitingEntries, OnWriteFailed);
            await RestoreAsync(tree.Head, limit.Token);
            await OnRestoredAsync(cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            // A long ledger whose snapshot is lost takes longer than callers wait: the next activation goes on from here.
            if (_writer is not null && _folded > _snapshotSize)
            {
                await WriteSnapshotAsync();
            }

            GiveUpSoon(e, new Refusal(ErrorCodes.LedgerUnavailable, $"The ledger {Ledger} is still being read. Repeat the request with the same Idempotency-Key."));
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            GiveUpSoon(e, LedgerRefusals.From(e));
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return;
        }

        await _writer.WhenIdleAsync();
        if (Unavailable is null && _folded > _snapshotSize)
        {
            await WriteSnapshotAsync();
        }
    }

    /// <summary>Called once the state is restored: load what decisions need.</summary>
    protected virtual Task OnRestoredAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Verifies who calls. Says nothing about standing or rights.</summary>
    protected async ValueTask<Reply<CallerIdentity>> IdentifyAsync(Caller caller)
    {
        var verification = await services.Callers.VerifyAsync(caller.Token, CancellationToken.None);
        return verification.Identity is { } identity
            ? identity
            : new Refusal(verification.Code!, verification.Text!);
    }

    protected Actor ActorOf(CallerIdentity who) => new(who.Country, who.Agency, services.Officers.Of(who));

    /// <summary>
    /// Folds an entry into the state and waits until it is durable. The part before the wait runs in the caller's turn, so
    /// what was checked just before still holds.
    /// </summary>
    protected async Task<Reply<ReceiptReference>> AppendAsync(LedgerEvent entry, Hash256? key = null, PrivateTexts? texts = null)
    {
        var committed = await EnqueueAsync(entry, key, texts);
        return committed.Refusal is { } refusal ? refusal : ReceiptOf(committed.First, committed.LeafHashes.Span[0]);
    }

    /// <summary>Likewise for several entries that stand or fall together; the receipt is the first one's.</summary>
    protected async Task<Reply<ReceiptReference>> AppendAllAsync(IReadOnlyList<LedgerEvent> entries, Hash256? key = null)
    {
        var drafts = new LedgerEntryDraft[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            drafts[i] = new LedgerEntryDraft(EventEncoder.Encode(entries[i]), i == 0 && key is { } k ? k.ToArray() : default);
            if (TooLarge(drafts[i]) is { } tooLarge)
            {
                return tooLarge;
            }
        }

        foreach (var entry in entries)
        {
            State.Apply(entry, _folded++);
        }

        var done = _writer.Enqueue(drafts);
        SnapshotWhenDue();
        var committed = await done;
        return committed.Refusal is { } refusal ? refusal : ReceiptOf(committed.First, committed.LeafHashes.Span[0]);
    }

    /// <summary>
    /// The answer to what <paramref name="receipt"/> proves. When it cannot be made, the outcome is unknown to the caller: a
    /// definite refusal would say that nothing was recorded, and what the entry rests on would be thrown away.
    /// </summary>
    protected static async Task<Reply<T>> RecordedAsync<T>(Reply<ReceiptReference> receipt, Func<Task<Reply<T>>> answer)
    {
        if (!receipt.IsOk)
        {
            return receipt.Refusal;
        }

        Refusal? refusal;
        try
        {
            var reply = await answer();
            if (reply.IsOk || reply.Refusal.Code is ErrorCodes.PublicationPending or ErrorCodes.ErasurePending)
            {
                return reply;
            }

            refusal = reply.Refusal;
        }
        catch (LedgerStoreException e)
        {
            refusal = LedgerRefusals.From(e);
        }

        return new Refusal(ErrorCodes.OutcomeUnknown, $"It is recorded, but what came of it cannot be told now ({refusal.Code}). Repeat the request with the same Idempotency-Key.");
    }

    protected Task<Committed> EnqueueAsync(LedgerEvent entry, Hash256? key = null, PrivateTexts? texts = null)
    {
        var draft = new LedgerEntryDraft(EventEncoder.Encode(entry), key is { } k ? k.ToArray() : default, texts?.ToSidecar(Ledger, entry) ?? default);
        if (TooLarge(draft) is { } tooLarge)
        {
            return Task.FromResult(new Committed(-1, default, tooLarge));
        }

        State.Apply(entry, _folded++);
        var done = _writer.Enqueue(draft);
        SnapshotWhenDue();
        return done;
    }

    /// <summary>
    /// The key for a text; null when there is none. Mostly without waiting, so a caller that has checked its state looks at
    /// it again only when this call waited.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="held">Names of keys that the same subject has already; one that was not erased is used again.</param>
    protected async ValueTask<(ValueKey? Key, Refusal? Refusal)> TextKeyAsync(string? text, IEnumerable<string?>? held = null)
    {
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        try
        {
            foreach (var id in held ?? [])
            {
                if (id is not null && (await services.Keys.FindAsync(id)).Key is { } key)
                {
                    return (key, null);
                }
            }

            return (await services.Keys.TakeAsync(), null);
        }
        catch (ValueKeyStoreException e)
        {
            LogNoKey(logger, e, Ledger.Value);
            return (null, LedgerRefusals.From(e));
        }
    }

    /// <summary>Waits until everything in <see cref="State"/> now is durable; a refusal when it is not.</summary>
    protected async ValueTask<Refusal?> CommittedStateAsync()
    {
        if (Unavailable is null)
        {
            await _writer.WhenCommittedAsync();
        }

        return Unavailable;
    }

    protected async Task<StoredEntry?> ReadEntryAsync(long index)
    {
        await foreach (var entry in services.Store.ReadAsync(Ledger, index, index + 1))
        {
            return entry;
        }

        return null;
    }

    protected ReceiptReference ReceiptOf(long index, Hash256 leafHash) => new(Ledger.Value, index, leafHash.ToString());

    // Checked before the state changes: an entry that no ledger takes must not take the activation down.
    private static Refusal? TooLarge(in LedgerEntryDraft draft) => draft.Body.Length <= LedgerTree.MaxEntryBytes
        ? null
        : new Refusal(ErrorCodes.BodyTooLarge, $"What is to be recorded has {draft.Body.Length} bytes; a ledger entry has at most {LedgerTree.MaxEntryBytes}.");

    // The activation answers with the reason instead of failing to activate, and soon makes room for a fresh attempt. Not at
    // once: whoever is already waiting would be sent on to the next activation, and in the end get no answer.
    private void GiveUpSoon(Exception cause, Refusal refusal)
    {
        LogUnavailable(logger, cause, Ledger.Value);
        Unavailable = refusal;
        this.RegisterGrainTimer(
            () =>
            {
                DeactivateOnIdle();
                return Task.CompletedTask;
            },
            RefusalLifetime,
            Timeout.InfiniteTimeSpan);
    }

    private void OnWriteFailed(Refusal refusal, Exception failure)
    {
        LogWriteFailed(logger, failure, Ledger.Value);
        Unavailable = refusal;
        DeactivateOnIdle();
    }

    [LoggerMessage(2001, LogLevel.Error, "Ledger {Ledger} cannot be opened; requests are refused")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(2005, LogLevel.Error, "No key for a private value of {Ledger} can be had")]
    private static partial void LogNoKey(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(2002, LogLevel.Error, "Ledger {Ledger} could not be written; the activation is given up")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception, string ledger);
}
