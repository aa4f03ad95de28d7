using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Upkeep;

/// <summary>
/// Verifies every stored ledger, slowly, from the start on and again after each period, so that damage to what nobody reads
/// is found while there are still backups from before. A ledger found damaged takes no more appends; others go on.
/// </summary>
internal sealed partial class LedgerScrubService(
    ILedgerStore store, ILedgerUpkeep upkeep, TimeProvider time, IOptions<BriDataSiloOptions> options, ScrubInstruments instruments, ILogger<LedgerScrubService> logger)
    : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the host does not wait for the first page.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                instruments.Passed(await PassAsync(stoppingToken));
                await Task.Delay(options.Value.ScrubPeriod, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerStoreException e)
            {
                LogNotScrubbed(logger, e);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Looks through everything once; returns how many ledgers, and other things, are damaged.</summary>
    private async Task<int> PassAsync(CancellationToken cancellationToken)
    {
        var paced = new PacedLedgerStore(store, PaceAsync);
        var found = new HashSet<LedgerDamage>();
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            var report = await LedgerVerifier.VerifyAsync(paced, head.Ledger, head, cancellationToken);
            if (!report.Ok)
            {
                Found(new LedgerDamage(head.Ledger, report.Problem!), found);
            }
        }

        await foreach (var damage in upkeep.CheckAsync(PaceAsync, cancellationToken))
        {
            Found(damage, found);
        }

        return found.Count;
    }

    private void Found(LedgerDamage damage, HashSet<LedgerDamage> found)
    {
        // However much of a ledger is damaged, it is one ledger.
        if (!found.Add(damage.Ledger == default ? damage : damage with { What = "" }))
        {
            return;
        }

        instruments.Found(found.Count);
        if (damage.Ledger == default)
        {
            LogDamage(logger, damage.What);
            return;
        }

        LogLedgerDamaged(logger, damage.Ledger.Value, damage.What);
        upkeep.Close(damage.Ledger, damage.What);
    }

    private async ValueTask PaceAsync(int rows, CancellationToken cancellationToken)
    {
        instruments.Scrubbed(rows);
        await Task.Delay(TimeSpan.FromSeconds((double)rows / options.Value.ScrubRowsPerSecond), time, cancellationToken);
    }

    [LoggerMessage(3301, LogLevel.Critical, "Ledger {Ledger} is damaged and takes no more entries: {What}")]
    private static partial void LogLedgerDamaged(ILogger logger, string ledger, string what);

    [LoggerMessage(3302, LogLevel.Critical, "The storage of the ledgers is damaged; have a backup ready: {What}")]
    private static partial void LogDamage(ILogger logger, string what);

    [LoggerMessage(3303, LogLevel.Warning, "The ledgers could not be looked through; it is tried again")]
    private static partial void LogNotScrubbed(ILogger logger, Exception exception);
}
