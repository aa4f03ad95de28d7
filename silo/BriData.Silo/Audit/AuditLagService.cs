using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Silo.Audit;

/// <summary>Measures the lag once a second while there is any, apart from the projection: a projection that stands still is seen.</summary>
internal sealed partial class AuditLagService(
    ILedgerStore store, IAuditIndex index, ILedgerActivity activity, TimeProvider time, AuditInstruments instruments, ILogger<AuditLagService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly AuditLagMeter _meter = new(store, index, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = -1L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (instruments.Lag.Entries == 0)
                {
                    seen = await activity.WaitForAppendAsync(seen, stoppingToken);
                }

                instruments.Lag = await _meter.MeasureAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The last measurement stands, and its seconds go on counting.
                LogNotMeasured(logger, e);
            }

            await Task.Delay(Between, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(3103, LogLevel.Warning, "The lag of the audit index could not be measured; it is tried again")]
    private static partial void LogNotMeasured(ILogger logger, Exception exception);
}
