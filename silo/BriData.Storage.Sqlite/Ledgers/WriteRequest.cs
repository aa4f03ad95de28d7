using System.Diagnostics;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Something the writer is asked to make part of its next commit.</summary>
internal abstract class WriteRequest(LedgerId ledger)
{
    // Continuations run elsewhere: the writer thread belongs to the database.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The ledger, or the default value for a request that concerns none.</summary>
    public LedgerId Ledger { get; } = ledger;

    /// <summary>The span under which the request was made, if any.</summary>
    public ActivityContext Origin { get; } = Activity.Current?.Context ?? default;

    /// <summary>Completes when the request is on durable storage, or fails with <see cref="LedgerStoreException"/>.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Bytes and entries that the request adds to its group.</summary>
    public abstract long Bytes { get; }

    public abstract int Entries { get; }

    /// <summary>Set for good when an error was this request's own; the group goes on without it.</summary>
    public bool IsExcluded { get; private set; }

    /// <summary>Set when the request is not part of the group's commit.</summary>
    public RequestRefusal? Refusal { get; private set; }

    /// <summary>
    /// Writes into the open transaction, or returns a refusal and writes nothing. MAY be called again, in a new
    /// transaction, when another request made the group start over.
    /// </summary>
    public void Write(LedgerTransaction transaction) => Refusal = TryWrite(transaction);

    public void Exclude(RequestRefusal refusal)
    {
        IsExcluded = true;
        Refusal = refusal;
    }

    public void Succeed() => _completion.SetResult();

    public void Fail(RequestRefusal refusal) =>
        _completion.SetException(new LedgerStoreException(Ledger, refusal.Reason, refusal.Message, refusal.Cause));

    protected abstract RequestRefusal? TryWrite(LedgerTransaction transaction);
}
