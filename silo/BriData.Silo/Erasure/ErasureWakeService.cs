using BriData.Contracts.Agreements;
using BriData.Ledger.Storage;

namespace BriData.Silo.Erasure;

/// <summary>
/// At start, wakes every agreement once, so that erasures that a crash cut short are finished, and retention that fell due
/// while nothing ran is caught up with. Requests do not wait for it.
/// </summary>
internal sealed partial class ErasureWakeService(IGrainFactory grains, ILedgerStore store, TimeProvider time, ILogger<ErasureWakeService> logger) : BackgroundService
{
    private const string Agreement = "agreement";

    // The first requests after a start have the machine to themselves.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            await foreach (var head in store.ListAsync(stoppingToken))
            {
                if (head.Ledger.Kind == Agreement)
                {
                    await WakeAsync(head.Ledger.Name, stoppingToken);
                }
            }
        }
        catch (LedgerStoreException e)
        {
            LogNotListed(logger, e);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start begins anew.
        }
    }

    private async Task WakeAsync(string agreement, CancellationToken stoppingToken)
    {
        try
        {
            if ((await grains.GetGrain<IAgreementGrain>(agreement).SettleAsync().WaitAsync(stoppingToken)).Refusal is { } refusal)
            {
                // The agreement goes on trying by itself; the others are not held up.
                LogNotSettled(logger, agreement, refusal.Code, refusal.Detail);
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotReached(logger, e, agreement);
        }
    }

    [LoggerMessage(3301, LogLevel.Error, "Erasures of agreement {Agreement} are not finished: {Code}: {Detail}")]
    private static partial void LogNotSettled(ILogger logger, string agreement, string code, string detail);

    [LoggerMessage(3302, LogLevel.Error, "Agreement {Agreement} could not be woken to finish its erasures; its next request does it")]
    private static partial void LogNotReached(ILogger logger, Exception exception, string agreement);

    [LoggerMessage(3303, LogLevel.Error, "The agreements could not be listed to finish their erasures; the next request to each does it")]
    private static partial void LogNotListed(ILogger logger, Exception exception);
}
