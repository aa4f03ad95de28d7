using System.Runtime.CompilerServices;
using BriData.Grains.Agreements;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Payloads;

namespace BriData.Silo.Payloads;

/// <summary>
/// Once a day, removes payloads that no ledger names, with their keys: uploads that broke off, and those that a crash kept
/// from being recorded. Only what was last written more than a day ago and was named by no ledger at the look before either, so
/// that no upload is under way whatever the clock does, and only while nothing of the ledgers is known to be damaged. The first
/// look is an hour after the start and the second an hour later: who has put back the wrong ledgers has time to notice.
/// </summary>
internal sealed partial class PayloadSweepService(
    FilePayloadStore files, SealedPayloads payloads, AgreementRecords records, ILedgerUpkeep upkeep, TimeProvider time, ILogger<PayloadSweepService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenFirstLooks = TimeSpan.FromHours(1);

    private HashSet<PayloadName>? _seen;

    /// <summary>Removes what the call before found due and is so still, and returns how much that was.</summary>
    /// <exception cref="LedgerStoreException">The ledgers cannot be read, or not be trusted to be whole; nothing is removed.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var found = await UnnamedAsync(cancellationToken);
        var before = _seen;
        _seen = found;
        if (before is null)
        {
            return 0;
        }

        var unnamed = found.Where(before.Contains).ToHashSet();
        var keys = await KeysAsync(unnamed, cancellationToken);

        // INVARIANT: behind the last ledger that was read, since reading may find damage, and before anything is removed. What
        // is missing from a damaged ledger cannot name its payloads.
        if (upkeep.KnownDamage().FirstOrDefault() is { What: { } what } damage)
        {
            throw new LedgerStoreException(damage.Ledger, LedgerStoreFailure.Corrupt, $"No payload is removed while ledgers are damaged: {what}");
        }

        foreach (var name in unnamed)
        {
            var stored = new StagedPayload(name.Jurisdiction, name.Reference, 0, default);
            await (keys.TryGetValue(name, out var key)
                ? payloads.DiscardAsync(new SealedPayload(stored, key, 0, default), cancellationToken)
                : files.DiscardAsync(stored, cancellationToken));
        }

        // A power cut may have left a recorded payload under both its names. Not before whatever else is staged had its turn: that
        // goes with its key.
        return unnamed.Count + (found.IsSubsetOf(before) ? await files.SweepStagingAsync(Age, cancellationToken) : 0);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(BetweenFirstLooks, time, stoppingToken);
            await TrySweepAsync(stoppingToken);
            await Task.Delay(BetweenFirstLooks, time, stoppingToken);
            using var timer = new PeriodicTimer(Age, time);
            do
            {
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; what is left is removed after a later start.
        }
    }

    private async Task TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            var removed = await SweepAsync(stoppingToken);
            if (removed > 0)
            {
                LogSwept(logger, removed);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNotSwept(logger, e);
        }
    }

    /// <summary>Payloads old enough that no ledger names.</summary>
    private async Task<HashSet<PayloadName>> UnnamedAsync(CancellationToken cancellationToken)
    {
        // INVARIANT: files first, then ledgers. What is recorded in between was written in between, and is not old enough.
        var unnamed = (await files.ListAsync(Age, cancellationToken)).ToHashSet();
        await foreach (var recorded in RecordedAsync(unnamed.Count, cancellationToken))
        {
            unnamed.Remove(new PayloadName(recorded.Jurisdiction, recorded.Reference));
        }

        return unnamed;
    }

    /// <summary>The keys of payloads, as far as they can be told and no ledger names them for another payload.</summary>
    private async Task<Dictionary<PayloadName, string>> KeysAsync(HashSet<PayloadName> unnamed, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<PayloadName, string>();
        foreach (var name in unnamed)
        {
            if (SealedPayloads.KeyNameIn(await files.ReadStartAsync(name, SealedPayloads.StartBytes, cancellationToken)) is { } key)
            {
                keys.Add(name, key);
            }
        }

        // A copy that somebody made of a recorded payload has its key.
        var asked = keys.Values.ToHashSet(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var recorded in RecordedAsync(keys.Count, cancellationToken))
        {
            if (recorded.Key is { } key && asked.Contains(key))
            {
                named.Add(key);
            }
        }

        return keys.Where(k => !named.Contains(k.Value)).ToDictionary();
    }

    private async IAsyncEnumerable<RecordedPayload> RecordedAsync(
        int asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var ledger in asked == 0 ? [] : await records.ListAsync(cancellationToken))
        {
            await foreach (var recorded in records.PayloadsAsync(ledger, cancellationToken))
            {
                yield return recorded;
            }
        }
    }

    [LoggerMessage(3201, LogLevel.Information, "{Removed} payloads that no ledger names were removed")]
    private static partial void LogSwept(ILogger logger, int removed);

    [LoggerMessage(3202, LogLevel.Warning, "Payloads that no ledger names could not be removed; it is tried again tomorrow")]
    private static partial void LogNotSwept(ILogger logger, Exception exception);
}
