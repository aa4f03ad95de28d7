using BriData.Grains.Agreements;
using BriData.Ledger;
using BriData.Silo.Hosting;

namespace BriData.Silo.Erasure;

/// <summary>
/// Goes through the ledgers of all agreements again and again, one after the other: all of them once the host has started and
/// then in each period, and those that could not be dealt with every minute. No agreement holds up another, and one that cannot
/// be read does not have all the others read again.
/// </summary>
/// <param name="records">Tells the agreements.</param>
/// <param name="lifetime">Of the host.</param>
/// <param name="time">The clock.</param>
/// <param name="period">From the beginning of one round over all to that of the next; whole minutes.</param>
internal abstract class AgreementRoundService(AgreementRecords records, IHostApplicationLifetime lifetime, TimeProvider time, TimeSpan period)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.StartedAsync(stoppingToken))
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(Again, time);
            IReadOnlyList<LedgerId>? left = null;
            var begun = 0L;
            do
            {
                if (left is null || time.GetElapsedTime(begun) >= period)
                {
                    begun = time.GetTimestamp();
                    left = await ListAsync(stoppingToken);
                }

                left = left is null ? null : await RoundAsync(left, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start begins anew.
        }
    }

    /// <summary>Deals with one ledger; false, or an exception, when it is to be tried again soon.</summary>
    protected abstract Task<bool> DealAsync(LedgerId ledger, CancellationToken stoppingToken);

    /// <summary>Says that a ledger could not be dealt with.</summary>
    protected abstract void LogNotDone(Exception exception, LedgerId ledger);

    /// <summary>Says that the agreements could not be told.</summary>
    protected abstract void LogNotListed(Exception exception);

    /// <summary>The ledgers; null when they cannot be told.</summary>
    private async Task<IReadOnlyList<LedgerId>?> ListAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await records.ListAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotListed(e);
            return null;
        }
    }

    /// <summary>Deals with ledgers one after the other; those that are left.</summary>
    private async Task<IReadOnlyList<LedgerId>> RoundAsync(IReadOnlyList<LedgerId> ledgers, CancellationToken stoppingToken)
    {
        var left = new List<LedgerId>();
        foreach (var ledger in ledgers)
        {
            try
            {
                if (await DealAsync(ledger, stoppingToken))
                {
                    continue;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogNotDone(e, ledger);
            }

            left.Add(ledger);
        }

        return left;
    }
}
