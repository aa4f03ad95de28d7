using BriData.Grains.Agreements;
using BriData.Ledger;
using BriData.Ledger.Erasure;

namespace BriData.Silo.Erasure;

/// <summary>
/// At start and then daily, destroys once more every key whose erasure is on an agreement's ledger. Where the keys were
/// restored from a copy older than an erasure, they are gone again; elsewhere nothing changes.
/// </summary>
internal sealed partial class ErasedKeysService(AgreementRecords records, IValueKeyStore keys, TimeProvider time, ILogger<ErasedKeysService> logger) : BackgroundService
{
    private const int KeysAtOnce = 1024;

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(await PassAsync(stoppingToken) ? Period : AfterFailure, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start begins anew.
        }
    }

    /// <summary>Goes through all agreements; false when one could not be gone through.</summary>
    private async Task<bool> PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            var whole = true;
            foreach (var ledger in await records.ListAsync(stoppingToken))
            {
                whole &= await TryEraseAsync(ledger, stoppingToken);
            }

            return whole;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotListed(logger, e);
            return false;
        }
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
