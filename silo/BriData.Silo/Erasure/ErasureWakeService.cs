using BriData.Contracts.Agreements;
using BriData.Ledger.Storage;

namespace BriData.Silo.Erasure;

/// <summary>
/// Has every agreement finish its erasures and catch up with its retention: all of them at start and then hourly, and those
/// that could not, or were not reached, every minute. So nothing that is due depends on an activation that lives on, or on a
/// ledger that was read in time. Requests do not wait for it, and no agreement waits for another.
/// </summary>
internal sealed partial class ErasureWakeService(IGrainFactory grains, ILedgerStore store, TimeProvider time, ILogger<ErasureWakeService> logger) : BackgroundService
{
    private const string Agreement = "agreement";

    // The first requests after a start have the machine to themselves.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            using var timer = new PeriodicTimer(Again, time);
            IReadOnlyList<string>? left = null;
            var begun = 0L;
            do
            {
                if (left is null || time.GetElapsedTime(begun) >= Round)
                {
                    begun = time.GetTimestamp();
                    left = await ListAsync(stoppingToken);
                }

                left = left is null ? null : await WakeAsync(left, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start begins anew.
        }
    }

    /// <summary>The agreements; null when they cannot be told.</summary>
    private async Task<IReadOnlyList<string>?> ListAsync(CancellationToken stoppingToken)
    {
        try
        {
            var agreements = new List<string>();
            await foreach (var head in store.ListAsync(stoppingToken))
            {
                if (head.Ledger.Kind == Agreement)
                {
                    agreements.Add(head.Ledger.Name);
                }
            }

            return agreements;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotListed(logger, e);
            return null;
        }
    }

    /// <summary>Wakes agreements one after the other; those that are to be woken again soon.</summary>
    private async Task<IReadOnlyList<string>> WakeAsync(IReadOnlyList<string> agreements, CancellationToken stoppingToken)
    {
        var left = new List<string>();
        foreach (var agreement in agreements)
        {
            try
            {
                if ((await grains.GetGrain<IAgreementGrain>(agreement).SettleAsync().WaitAsync(stoppingToken)).Refusal is { } refusal)
                {
                    LogNotSettled(logger, agreement, refusal.Code, refusal.Detail);
                    left.Add(agreement);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogNotReached(logger, e, agreement);
                left.Add(agreement);
            }
        }

        return left;
    }

    [LoggerMessage(3301, LogLevel.Error, "Erasures of agreement {Agreement} are not finished: {Code}: {Detail}; it is tried again")]
    private static partial void LogNotSettled(ILogger logger, string agreement, string code, string detail);

    [LoggerMessage(3302, LogLevel.Error, "Agreement {Agreement} could not be woken to finish its erasures; it is tried again")]
    private static partial void LogNotReached(ILogger logger, Exception exception, string agreement);

    [LoggerMessage(3303, LogLevel.Error, "The agreements could not be listed to finish their erasures; it is tried again")]
    private static partial void LogNotListed(ILogger logger, Exception exception);
}
