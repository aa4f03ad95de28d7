using System.Threading.Channels;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Silo.Audit;

/// <summary>
/// Builds the audit index again from the ledgers, beside the one that serves, when asked to; one at a time. A stop or a crash
/// gives it up, and the index that serves stays.
/// </summary>
internal sealed partial class AuditRebuildService(
    ILedgerStore store, ILedgerUpkeep upkeep, IAuditIndex index, AuditProjectionService projection, TimeProvider time, ILogger<AuditRebuildService> logger)
    : BackgroundService
{
    /// <summary>With no more than this left to read, the projection is held for the rest.</summary>
    private const long FewEntries = 10_000;

    private readonly Channel<DateTimeOffset> _asked = Channel.CreateBounded<DateTimeOffset>(1);
    private readonly Lock _lock = new();
    private AuditRebuildState? _state;
    private long _read;

    /// <summary>The rebuild under way, or the last one since the start; null when there was none.</summary>
    public AuditRebuildState? State
    {
        get
        {
            lock (_lock)
            {
                return _state is { State: AuditRebuildState.Running } running ? running with { Entries = Interlocked.Read(ref _read) } : _state;
            }
        }
    }

    /// <summary>Asks for a rebuild; one that is under way goes on and counts as the one asked for.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_state is not { State: AuditRebuildState.Running })
            {
                Interlocked.Exchange(ref _read, 0);
                _state = new AuditRebuildState(AuditRebuildState.Running, time.GetUtcNow(), null, 0, null);
                _asked.Writer.TryWrite(_state.StartedAt);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await RebuildAsync(stoppingToken);
                End(AuditRebuildState.Done, null);
                LogRebuilt(logger, Interlocked.Read(ref _read));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The index that serves is as it was.
                LogNotRebuilt(logger, e);
                End(AuditRebuildState.Failed, e.Message);
            }
        }
    }

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        await using var rebuild = await index.BeginRebuildAsync(cancellationToken);
        var projector = new AuditProjector(store, new Counted(rebuild, this));
        while (await ReadAsync(projector, cancellationToken) > FewEntries)
        {
            // What came in meanwhile is read next, and takes less long.
        }

        await projection.HoldAsync(
            async () =>
            {
                await ReadAsync(projector, cancellationToken);
                await RequireAllAsync(rebuild, cancellationToken);
                await rebuild.SwitchAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>
    /// Refuses the switch to an index that has fewer entries of a ledger than the one that serves, when damage has taken them: the
    /// one that serves still knows what is missing, and whose it is. Without damage it is an index of other ledgers that goes.
    /// </summary>
    private async Task RequireAllAsync(IAuditRebuild rebuild, CancellationToken cancellationToken)
    {
        var known = upkeep.KnownDamage();
        var built = await rebuild.GetProgressAsync(cancellationToken);
        foreach (var (ledger, entries) in await index.GetProgressAsync(cancellationToken))
        {
            var left = built.GetValueOrDefault(ledger);
            if (left < entries && known.Any(d => d.Ledger == ledger || d.Ledger == default))
            {
                throw new InvalidOperationException(
                    $"The ledgers are damaged: {ledger} had {entries} entries and {left} of them can be indexed. The index that serves stays, since it knows what is missing. Restore the ledgers first.");
            }
        }
    }

    private async Task<long> ReadAsync(AuditProjector projector, CancellationToken cancellationToken)
    {
        var before = Interlocked.Read(ref _read);
        foreach (var (ledger, trouble) in (await projector.CatchUpAsync(cancellationToken)).Stalled)
        {
            // The other ledgers have been read. Who may see this one is refused until it can be read again.
            LogStalled(logger, trouble, ledger.Value);
        }

        return Interlocked.Read(ref _read) - before;
    }

    private void End(string state, string? problem)
    {
        lock (_lock)
        {
            _state = _state! with { State = state, EndedAt = time.GetUtcNow(), Entries = Interlocked.Read(ref _read), Problem = problem };
        }
    }

    [LoggerMessage(3104, LogLevel.Information, "The audit index was built again from {Entries} entries")]
    private static partial void LogRebuilt(ILogger logger, long entries);

    [LoggerMessage(3105, LogLevel.Error, "The audit index could not be built again; the one that serves stays")]
    private static partial void LogNotRebuilt(ILogger logger, Exception exception);

    [LoggerMessage(3106, LogLevel.Warning, "The ledger {Ledger} cannot be indexed to its end; it is indexed up to where it can be read")]
    private static partial void LogStalled(ILogger logger, Exception exception, string ledger);

    /// <summary>Counts what has been read, for the status.</summary>
    private sealed class Counted(IAuditSink sink, AuditRebuildService service) : IAuditSink
    {
        public Task<IReadOnlyDictionary<LedgerId, long>> GetProgressAsync(CancellationToken cancellationToken = default) => sink.GetProgressAsync(cancellationToken);

        public async Task ApplyAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken = default)
        {
            await sink.ApplyAsync(records, cancellationToken);
            Interlocked.Add(ref service._read, records.Count);
        }
    }
}
