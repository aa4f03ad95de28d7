using System.Diagnostics;
using BriData.Grains.Audit;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Silo.Audit;

/// <summary>Keeps the audit index up with the ledgers. One pass at a time; a pass sees everything durable when it began.</summary>
internal sealed partial class AuditProjectionService(
    ILedgerStore store, ILedgerUpkeep upkeep, IAuditIndex index, ILedgerActivity activity, TimeProvider time, AuditInstruments instruments,
    ILogger<AuditProjectionService> logger)
    : BackgroundService, IAuditFreshness
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // Under load a pass takes what came in meanwhile: fewer, larger transactions. A search does not wait for it.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly AuditProjector _projector = new(store, index, upkeep);
    private readonly SemaphoreSlim _pass = new(1, 1);
    private long _begun;
    private long _finished;
    private volatile HashSet<LedgerId> _stalled = [];

    public async Task<IReadOnlySet<LedgerId>> EnsureCurrentAsync(CancellationToken cancellationToken = default)
    {
        // A pass that begins after this call covers it; who waited for the turn may find that another has done so.
        var needed = Interlocked.Read(ref _begun) + 1;
        await HoldAsync(() => Interlocked.Read(ref _finished) < needed ? PassAsync(cancellationToken) : Task.CompletedTask, cancellationToken);
        return _stalled;
    }

    /// <summary>Runs something between two passes.</summary>
    public async Task HoldAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _pass.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _pass.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = -1L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                seen = await activity.WaitForAppendAsync(seen, stoppingToken);
                await HoldAsync(() => PassAsync(stoppingToken), stoppingToken);
                await Task.Delay(Linger, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The index is derived; exchanges go on without it, and it catches up once the trouble is over.
                LogPassFailed(logger, e);
                instruments.Failed();
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                seen = -1;
            }
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        var pass = Interlocked.Increment(ref _begun);
        var started = Stopwatch.GetTimestamp();
        var (entries, stalled) = await _projector.CatchUpAsync(cancellationToken);
        foreach (var (ledger, trouble) in stalled.Where(s => !_stalled.Contains(s.Key)))
        {
            if (ledger == default)
            {
                LogUntold(logger, trouble);
            }
            else
            {
                LogStalled(logger, trouble, ledger.Value);
            }
        }

        _stalled = stalled.Keys.ToHashSet();
        Interlocked.Exchange(ref _finished, pass);
        instruments.Passed(entries, Stopwatch.GetElapsedTime(started));
        if (stalled.Count > 0)
        {
            instruments.Failed();
        }
    }

    [LoggerMessage(3101, LogLevel.Error, "The audit index could not be brought up to date; it is tried again")]
    private static partial void LogPassFailed(ILogger logger, Exception exception);

    [LoggerMessage(3107, LogLevel.Error, "The ledger {Ledger} cannot be indexed to its end, or is damaged; searches by its parties are refused")]
    private static partial void LogStalled(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3108, LogLevel.Critical, "A ledger has lost its name and the audit index does not know which it was; all searches are refused")]
    private static partial void LogUntold(ILogger logger, Exception exception);
}
