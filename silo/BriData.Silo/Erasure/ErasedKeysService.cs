using BriData.Grains.Agreements;
using BriData.Ledger;
using BriData.Ledger.Erasure;

namespace BriData.Silo.Erasure;

/// <summary>
/// Soon after the start and then daily, destroys once more every key whose erasure is on an agreement's ledger. Where the keys were
/// restored from a copy older than an erasure, they are gone again; elsewhere nothing changes. Nobody is shown a text meanwhile
/// whose erasure is on its trail.
/// </summary>
internal sealed partial class ErasedKeysService(AgreementRecords records, IValueKeyStore keys, TimeProvider time, ILogger<ErasedKeysService> logger) : BackgroundService
{
    private const int KeysAtOnce = 1024;

    // The first requests after a start have the machine to themselves.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            while (true)
            {
                var begun = time.GetTimestamp();
                IReadOnlyList<LedgerId>? left = null;

                // One that cannot be read does not have all the others read again every minute.
                while ((left = await PassAsync(left, stoppingToken)) is not [] && time.GetElapsedTime(begun) < Period)
                {
                    await Task.Delay(AfterFailure, time, stoppingToken);
                }

                await Task.Delay(left is [] ? Period : AfterFailure, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start begins anew.
        }
    }

    /// <summary>Goes through ledgers, or all where none are given; those that could not be gone through, or null when they cannot be told.</summary>
    private async Task<IReadOnlyList<LedgerId>?> PassAsync(IReadOnlyList<LedgerId>? ledgers, CancellationToken stoppingToken)
    {
        try
        {
            ledgers ??= await records.ListAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotListed(logger, e);
            return null;
        }

        var left = new List<LedgerId>();
        foreach (var ledger in ledgers)
        {
            if (!await TryEraseAsync(ledger, stoppingToken))
            {
                left.Add(ledger);
            }
        }

        return left;
    }

    private async Task<bool> TryEraseAsync(LedgerId ledger, CancellationToken stoppingToken)
    {
        try
        {
            var batch = new List<string>(KeysAtOnce);
            await foreach (var key in records.ErasedKeysAsync(ledger, stoppingToken))
            {
                batch.Add(key);
                if (batch.Count == KeysAtOnce)
                {
                    await keys.EraseAsync(batch, time.GetUtcNow(), stoppingToken);
                    batch.Clear();
                }
            }

            if (batch.Count > 0)
            {
                await keys.EraseAsync(batch, time.GetUtcNow(), stoppingToken);
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotErased(logger, e, ledger.Value);
            return false;
        }
    }

    [LoggerMessage(3311, LogLevel.Error, "Whether the keys of everything erased on {Ledger} are gone could not be made sure of; it is tried again")]
    private static partial void LogNotErased(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3312, LogLevel.Error, "The agreements could not be listed to make sure that the keys of everything erased are gone; it is tried again")]
    private static partial void LogNotListed(ILogger logger, Exception exception);
}
