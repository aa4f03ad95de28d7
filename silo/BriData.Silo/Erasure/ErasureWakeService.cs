using BriData.Contracts.Agreements;
using BriData.Grains.Agreements;
using BriData.Ledger;

namespace BriData.Silo.Erasure;

/// <summary>
/// Has every agreement finish its erasures and catch up with its retention: all of them once the host has started and then
/// hourly, and those that could not, or were not reached, every minute. So nothing that is due depends on an activation that
/// lives on, or on a ledger that was read in time. Requests do not wait for it.
/// </summary>
internal sealed partial class ErasureWakeService(
    IGrainFactory grains, AgreementRecords records, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ErasureWakeService> logger)
    : AgreementRoundService(records, lifetime, time, TimeSpan.FromHours(1))
{
    protected override async Task<bool> DealAsync(LedgerId ledger, CancellationToken stoppingToken)
    {
        if ((await grains.GetGrain<IAgreementGrain>(ledger.Name).SettleAsync().WaitAsync(stoppingToken)).Refusal is not { } refusal)
        {
            return true;
        }

        LogNotSettled(logger, ledger.Name, refusal.Code, refusal.Detail);
        return false;
    }

    protected override void LogNotDone(Exception exception, LedgerId ledger) => LogNotReached(logger, exception, ledger.Name);

    protected override void LogNotListed(Exception exception) => LogNotListed(logger, exception);

    [LoggerMessage(3301, LogLevel.Error, "Erasures of agreement {Agreement} are not finished: {Code}: {Detail}; it is tried again")]
    private static partial void LogNotSettled(ILogger logger, string agreement, string code, string detail);

    [LoggerMessage(3302, LogLevel.Error, "Agreement {Agreement} could not be woken to finish its erasures; it is tried again")]
    private static partial void LogNotReached(ILogger logger, Exception exception, string agreement);

    [LoggerMessage(3303, LogLevel.Error, "The agreements could not be listed to finish their erasures; it is tried again")]
    private static partial void LogNotListed(ILogger logger, Exception exception);
}
