using BriData.Contracts.Countries;
using BriData.Grains.Countries;
using BriData.Silo.Hosting;

namespace BriData.Silo.Founding;

/// <summary>
/// Once the host has started, wakes every country of the operator's configuration, so that it is founded and finishes what it
/// had still to tell its agreements. Not before: an agreement may have a long ledger to read, and the start is not to share the
/// processors with that. A country that is called earlier wakes by itself.
/// </summary>
internal sealed partial class FoundingService(
    IGrainFactory grains, IFoundingIssuers founding, IHostApplicationLifetime lifetime, ILogger<FoundingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.StartedAsync(stoppingToken))
        {
            return;
        }

        foreach (var country in founding.Countries)
        {
            // The country says so itself at each call, and goes on trying; the others are not held up.
            try
            {
                if ((await grains.GetGrain<ICountryGrain>(country).SettleAsync().WaitAsync(stoppingToken)).Refusal is { } refusal)
                {
                    LogNotSettled(logger, country, refusal.Code, refusal.Detail);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
            {
                LogNotReached(logger, e, country);
            }
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "Country {Country} is not ready: {Code}: {Detail}")]
    private static partial void LogNotSettled(ILogger logger, string country, string code, string detail);

    [LoggerMessage(3002, LogLevel.Error, "Country {Country} did not answer")]
    private static partial void LogNotReached(ILogger logger, Exception exception, string country);
}
