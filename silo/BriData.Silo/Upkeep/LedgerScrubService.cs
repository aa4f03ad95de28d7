using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Upkeep;

/// <summary>
/// Verifies every stored ledger, slowly, once the host has started and again after each period, so that damage to what nobody
/// reads is found while there are still backups from before. A ledger found damaged takes no more appends; others go on.
/// </summary>
internal sealed partial class LedgerScrubService(
    ILedgerStore store,
    ILedgerUpkeep upkeep,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<BriDataSiloOptions> options,
    ScrubInstruments instruments,
    ILogger<LedgerScrubService> logger)
    : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = AfterFailure;
                if (await PassAsync(stoppingToken) is { } findings)
                {
                    instruments.Passed(findings);
                    pause = options.Value.ScrubPeriod;
                }

                await Task.Delay(pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever stops one pass, the host goes on, and so does the next pass.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotScrubbed(logger, e);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Looks through everything once; returns how many ledgers, and other things, are damaged, or null when a ledger could not
    /// be read to its end for another reason. That one does not keep the others from being looked through.
    /// </summary>
    private async Task<int?> PassAsync(CancellationToken cancellationToken)
    {
        var paced = new PacedLedgerStore(store, PaceAsync);
        var found = new HashSet<LedgerDamage>();
        var whole = true;
        await foreach (var head in store.ListAsync(cancellationToken))
        {
            whole &= await TryVerifyAsync(paced, head, found, cancellationToken);
        }

        await foreach (var damage in upkeep.CheckAsync(PaceAsync, cancellationToken))
        {
            Found(damage, found);
        }

        return whole ? found.Count : null;
    }

    private async Task<bool> TryVerifyAsync(PacedLedgerStore paced, LedgerHead head, HashSet<LedgerDamage> found, CancellationToken cancellationToken)
    {
        try
        {
            var report = await LedgerVerifier.VerifyAsync(paced, head.Ledger, head, cancellationToken);
            if (!report.Ok)
            {
                Found(new LedgerDamage(head.Ledger, report.Problem!), found);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // What keeps one ledger from being read says nothing of the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogLedgerNotScrubbed(logger, head.Ledger.Value, e);
            return false;
        }
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

    [LoggerMessage(3304, LogLevel.Warning, "Ledger {Ledger} could not be looked through; it is tried again")]
    private static partial void LogLedgerNotScrubbed(ILogger logger, string ledger, Exception exception);
}
