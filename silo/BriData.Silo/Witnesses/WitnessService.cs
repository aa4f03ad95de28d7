using System.Collections.Concurrent;
using BriData.Grains.Witnesses;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Once the host has started, has every ledger that has witnesses cosigned as it grows. Beside the exchanges, never in their
/// way: no append and no request waits for it, one ledger does not wait for another, and one witness not for another.
/// </summary>
internal sealed partial class WitnessService(
    IWitnessPolicies policies,
    CosignatureCollector collector,
    IHostApplicationLifetime lifetime,
    IOptions<WitnessOptions> options,
    TimeProvider time,
    WitnessInstruments instruments,
    ILogger<WitnessService> logger)
    : BackgroundService
{
    private readonly Dictionary<LedgerId, Task> _rounds = [];

    // The log says when a ledger's trouble begins and when it is over, and not each second in between.
    private readonly ConcurrentDictionary<LedgerId, byte> _troubled = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.StartedAsync(stoppingToken))
        {
            return;
        }

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
        var current = await policies.CurrentAsync(stoppingToken);
        foreach (var (ledger, policy) in current)
        {
            if (await LagAsync(ledger, stoppingToken) is not { } behind)
            {
                continue;
            }

            lag = Math.Max(lag, behind);
            if (!_rounds.TryGetValue(ledger, out var round) || round.IsCompleted)
            {
                _rounds[ledger] = RoundAsync(ledger, policy, stoppingToken);
            }
        }

        instruments.Measured(lag, _troubled.Keys.Count(current.ContainsKey));
    }

    /// <summary>How far the witnesses lie behind; null when the ledger cannot be read.</summary>
    private async Task<long?> LagAsync(LedgerId ledger, CancellationToken stoppingToken)
    {
        try
        {
            return await collector.LagAsync(ledger, stoppingToken);
        }
        catch (LedgerStoreException e)
        {
            if (_troubled.TryAdd(ledger, 0))
            {
                LogNotRead(logger, e, ledger.Value);
            }

            return null;
        }
    }

    private async Task RoundAsync(LedgerId ledger, WitnessPolicy policy, CancellationToken stoppingToken)
    {
        // Off the loop, which goes on to the next ledger.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await collector.CollectAsync(ledger, policy, stoppingToken);
            if (_troubled.TryRemove(ledger, out _))
            {
                LogOver(logger, ledger.Value);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked again after the restart.
        }
        catch (Exception e)
        {
            // One ledger's trouble is not the others'; the next period tries again.
            if (_troubled.TryAdd(ledger, 0))
            {
                LogRoundFailed(logger, e, ledger.Value);
            }
        }
    }

    [LoggerMessage(3303, LogLevel.Error, "How far the witnesses of {Ledger} lie behind cannot be read; it is tried again")]
    private static partial void LogNotRead(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3304, LogLevel.Error, "Cosignatures of {Ledger} could not be collected; it is tried again")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3305, LogLevel.Information, "{Ledger} can be read again, and its witnesses are asked")]
    private static partial void LogOver(ILogger logger, string ledger);
}
