using System.Text.Json;
using BriData.Entries.Events;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.EventSourcing;

/// <content>Snapshots: they only save time, so any trouble with one means folding the ledger from the start.</content>
internal abstract partial class LedgerGrain<TState>
{
    private const string SnapshotName = "ledger";

    private readonly GrainState<LedgerSnapshot> _snapshot = new(new LedgerSnapshot());
    private Task _snapshotWrite = Task.CompletedTask;
    private long _snapshotSize;
    private long _snapshotWeight;

    /// <summary>
    /// Rough number of objects in the state; the next snapshot is due only when at least twice as many entries are new as the
    /// last one held objects. So a state that grows with each entry is stored less and less often, yet always again.
    /// </summary>
    protected virtual int StateWeight => 0;

    private async Task RestoreAsync(LedgerHead head, CancellationToken cancellationToken)
    {
        if (await ReadSnapshotAsync(head, cancellationToken) is { } state)
        {
            State = state;
            _folded = _snapshotSize = _snapshot.State!.Size;
            _snapshotWeight = StateWeight;
        }

        await foreach (var entry in services.Store.ReadAsync(Ledger, _folded, head.Size, cancellationToken))
        {
            State.Apply(EventDecoder.Decode(entry.Body), entry.Index);
            _folded++;
        }

        if (_folded != head.Size)
        {
            throw new LedgerStoreException(Ledger, LedgerStoreFailure.Corrupt, $"{head.Size} entries are promised, {_folded} can be read.");
        }
    }

    private async Task<TState?> ReadSnapshotAsync(LedgerHead head, CancellationToken cancellationToken)
    {
        try
        {
            await services.Snapshots.ReadStateAsync(SnapshotName, this.GetGrainId(), _snapshot);
            var snapshot = _snapshot.State!;
            if (!_snapshot.RecordExists || snapshot.Version != TState.SnapshotVersion || snapshot.Size > head.Size || snapshot.Size == 0)
            {
                return null;
            }

            var root = await ProofBuilder.RootAsync(services.Store, Ledger, snapshot.Size, cancellationToken);
            return root.ToString() == snapshot.Root ? snapshot.State.Deserialize(TState.JsonType) : null;
        }
        catch (Exception e) when (e is not (OperationCanceledException or LedgerStoreException))
        {
            LogSnapshotUnreadable(logger, e, Ledger.Value);
            return null;
        }
    }

    private void SnapshotWhenDue()
    {
        var entries = _folded - _snapshotSize;
        if (entries >= services.Options.SnapshotEvery && entries >= 2 * _snapshotWeight && _snapshotWrite.IsCompleted)
        {
            _snapshotWrite = WriteSnapshotAsync();
        }
    }

    private async Task WriteSnapshotAsync()
    {
        // Serialised in this turn, so it is the state at exactly this size; stored only once that size is durable.
        var size = _folded;
        var weight = StateWeight;
        var state = JsonSerializer.SerializeToElement(State, TState.JsonType);
        try
        {
            await _writer.WhenCommittedAsync();
            if (Unavailable is not null)
            {
                return;
            }

            var root = await ProofBuilder.RootAsync(services.Store, Ledger, size, CancellationToken.None);
            _snapshot.State = new LedgerSnapshot { Version = TState.SnapshotVersion, Size = size, Root = root.ToString(), State = state };
            await services.Snapshots.WriteStateAsync(SnapshotName, this.GetGrainId(), _snapshot);
            _snapshotSize = size;
            _snapshotWeight = weight;
        }
        catch (Exception e)
        {
            LogSnapshotNotWritten(logger, e, Ledger.Value);
        }
    }

    [LoggerMessage(2003, LogLevel.Warning, "The snapshot of {Ledger} cannot be read; the ledger is folded from its first entry")]
    private static partial void LogSnapshotUnreadable(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(2004, LogLevel.Warning, "The snapshot of {Ledger} could not be written; the next start takes longer")]
    private static partial void LogSnapshotNotWritten(ILogger logger, Exception exception, string ledger);
}
