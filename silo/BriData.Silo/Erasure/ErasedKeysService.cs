using BriData.Grains.Agreements;
using BriData.Ledger;
using BriData.Ledger.Erasure;

namespace BriData.Silo.Erasure;

/// <summary>
/// Once the host has started and then daily, destroys once more every key whose erasure is on an agreement's ledger. Where the
/// keys were restored from a copy older than an erasure, they are gone again; elsewhere nothing changes. Nobody is shown a text
/// meanwhile whose erasure is on its trail.
/// </summary>
internal sealed partial class ErasedKeysService(
    AgreementRecords records, IValueKeyStore keys, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ErasedKeysService> logger)
    : AgreementRoundService(records, lifetime, time, TimeSpan.FromDays(1))
{
    private const int KeysAtOnce = 1024;

    private readonly AgreementRecords _records = records;
    private readonly TimeProvider _time = time;

    protected override async Task<bool> DealAsync(LedgerId ledger, CancellationToken stoppingToken)
    {
        var batch = new List<string>(KeysAtOnce);
        await foreach (var key in _records.ErasedKeysAsync(ledger, stoppingToken))
        {
            batch.Add(key);
            if (batch.Count == KeysAtOnce)
            {
                await keys.EraseAsync(batch, _time.GetUtcNow(), stoppingToken);
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            await keys.EraseAsync(batch, _time.GetUtcNow(), stoppingToken);
        }

        return true;
    }

    protected override void LogNotDone(Exception exception, LedgerId ledger) => LogNotErased(logger, exception, ledger.Value);

    protected override void LogNotListed(Exception exception) => LogNotListed(logger, exception);

    [LoggerMessage(3311, LogLevel.Error, "Whether the keys of everything erased on {Ledger} are gone could not be made sure of; it is tried again")]
    private static partial void LogNotErased(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(3312, LogLevel.Error, "The agreements could not be listed to make sure that the keys of everything erased are gone; it is tried again")]
    private static partial void LogNotListed(ILogger logger, Exception exception);
}
