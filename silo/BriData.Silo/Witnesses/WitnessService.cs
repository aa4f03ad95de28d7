using BriData.Grains.Witnesses;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Has every ledger that has witnesses cosigned as it grows. Beside the exchanges, never in their way: no append and no request
/// waits for it, one ledger does not wait for another, and one witness not for another.
/// </summary>
internal sealed partial class WitnessService(
    IWitnessPolicies policies, CosignatureCollector collector, IOptions<WitnessOptions> options, TimeProvider time, WitnessInstruments instruments, ILogger<WitnessService> logger)
    : BackgroundService
{
    private readonly Dictionary<LedgerId, Task> _rounds = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Period, time);
        try
        {
            do
            {
                await StartRoundsAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; what is under way ends with the same token.
        }

        await Task.WhenAll(_rounds.Values);
    }

    private async Task StartRoundsAsync(CancellationToken stoppingToken)
    {
        var lag = 0L;
        foreach (var (ledger, policy) in await policies.CurrentAsync(stoppingToken))
        {
            lag = Math.Max(lag, await LagAsync(ledger, stoppingToken));
            if (!_rounds.TryGetValue(ledger, out var round) || round.IsCompleted)
            {
                _rounds[ledger] = RoundAsync(ledger, policy, stoppingToken);
            }
        }

        instruments.Lagging(lag);
    }

    private async Task<long> LagAsync(LedgerId ledger, CancellationToken stoppingToken)
    {
        try
        {
            return await collector.LagAsync(ledger, stoppingToken);
        }
        catch (LedgerStoreException e)
        {
            // That it cannot be read shows elsewhere; the gauge tells of the others.
            LogNotRead(logger, e, ledger.Value);
            return 0;
        }
    }

    private async Task RoundAsync(LedgerId ledger, WitnessPolicy policy, CancellationToken stoppingToken)
    {
        // Off the loop, which goes on to the next ledger.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await collector.CollectAsync(ledger, policy, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked again after the restart.
        }
        catch (Exception e)
        {
            // One ledger's trouble is not the others'; the next period tries again.
            LogRoundFailed(logger, e, ledger.Value);
        }
    }

    [LoggerMessage(3303, LogLevel.Error, "How far the witnesses of {Ledger} lie behind cannot be read; it is tried again")]
    private static partial void LogNotRead(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3304, LogLevel.Error, "Cosignatures of {Ledger} could not be collected; it is tried again")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception, string ledger);
}
