using BriData.Ledger.Payloads;
using BriData.Storage.Sqlite.Payloads;

namespace BriData.Silo.Payloads;

/// <summary>Removes uploads that broke off: once at start and then once a day, those older than a day.</summary>
internal sealed partial class StagingSweepService(FilePayloadStore payloads, TimeProvider time, ILogger<StagingSweepService> logger) : BackgroundService
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Age, time);
        do
        {
            try
            {
                var removed = await payloads.SweepStagingAsync(Age, stoppingToken);
                if (removed > 0)
                {
                    LogSwept(logger, removed);
                }
            }
            catch (PayloadStoreException e)
            {
                LogNotSwept(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(3201, LogLevel.Information, "{Removed} broken uploads were removed")]
    private static partial void LogSwept(ILogger logger, int removed);

    [LoggerMessage(3202, LogLevel.Warning, "Broken uploads could not be removed; it is tried again tomorrow")]
    private static partial void LogNotSwept(ILogger logger, Exception exception);
}
