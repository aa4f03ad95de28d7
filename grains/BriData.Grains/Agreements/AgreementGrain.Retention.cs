using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.Agreements;

/// <content>
/// Retention: an hourly reminder erases what is due, a limited number at a time. The ledger itself is the list of what comes
/// next, for closing entries stand on it in the order of their time.
/// </content>
internal sealed partial class AgreementGrain
{
    private const string RetentionReminder = "retention";
    private const int ErasedPerSweep = 256;
    private const int ReadPerSweep = 8192;

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(1);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    // Index from which each class is still to be looked at: at least what the state knows to be done, and beyond it entries
    // that had nothing to erase.
    private readonly Dictionary<string, long> _looked = [];

    // Likewise within the list of those that the agreement's end stopped.
    private readonly Dictionary<string, int> _lookedAtStopped = [];
    private IGrainTimer? _sweep;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await SettleAsync() is { IsOk: false, Refusal: var refusal })
        {
            LogNotSwept(logger, Ledger.Value, refusal.Code, refusal.Detail);
        }
    }

    /// <summary>Sees to it that this agreement is woken for its retention. A failure is made good at the next activation.</summary>
    private async Task RemindOfRetentionAsync()
    {
        if (State.Document?.Retention is not { IsEmpty: false })
        {
            return;
        }

        try
        {
            // Not again when there is one: that would begin its hour anew, and an agreement that is used now and then, each
            // time by a fresh activation, would never be swept.
            if (await this.GetReminder(RetentionReminder) is null)
            {
                await this.RegisterOrUpdateReminder(RetentionReminder, SweepPeriod, SweepPeriod);
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNoReminder(logger, e, Ledger.Value);
        }
    }

    /// <summary>Erases what is due now, up to a limit, and comes again soon when there was more. True when nothing is left.</summary>
    private async Task<Reply<bool>> SweepAsync()
    {
        try
        {
            var done = true;
            Refusal? pending = null;
            foreach (var (name, kept) in State.Document?.Retention ?? ImmutableSortedDictionary<string, RetentionDocument>.Empty)
            {
                var swept = await SweepAsync(name, kept.Days);
                if (Unavailable is { } unavailable)
                {
                    return unavailable;
                }

                pending ??= swept.Refusal;
                done &= !swept.IsOk || swept.Value;
            }

            if (!done)
            {
                _sweep ??= this.RegisterGrainTimer(SweepAgainAsync, SoonAgain, Timeout.InfiniteTimeSpan);
            }

            return pending is null ? done : pending;
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException or AuditIndexException)
        {
            return LedgerRefusals.From(e);
        }
    }

    private async Task SweepAgainAsync()
    {
        _sweep?.Dispose();
        _sweep = null;
        await ReceiveReminder(RetentionReminder, default);
    }

    private async Task<Reply<bool>> SweepAsync(string name, int days)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        var limit = Now.AddDays(-days);
        var from = Math.Max(_looked.GetValueOrDefault(name), State.Erasure.Done.GetValueOrDefault(name));
        var entries = new OrderedDictionary<long, LedgerEvent>();
        var next = from;
        var unread = false;
        await foreach (var stored in Services.Store.ReadAsync(Ledger, from, from + ReadPerSweep))
        {
            var entry = EventDecoder.Decode(stored.Body);
            if (entry.At > limit || entries.Count >= ErasedPerSweep)
            {
                break;
            }

            if (!await CollectAsync(entry, stored.Index, name, days, entries))
            {
                unread = entries.Count < ErasedPerSweep;
                break;
            }

            next = stored.Index + 1;
        }

        if (entries.Count > 0)
        {
            var receipt = await AppendAllAsync([.. entries.Values]);
            if (!receipt.IsOk)
            {
                return receipt.Refusal;
            }
        }

        _looked[name] = next;
        return await DestroyDueAsync() is { } pending ? pending
            : unread ? new Refusal(ErrorCodes.Busy, "A transfer is closed and not indexed yet.")
            : entries.Count < ErasedPerSweep && next - from < ReadPerSweep;
    }

    /// <summary>
    /// Adds the erasures that a closing entry is due for, or one that gave a reason after the close; false when they are too
    /// many for once, or a transfer cannot be read whole yet.
    /// </summary>
    private async Task<bool> CollectAsync(LedgerEvent entry, long index, string name, int days, OrderedDictionary<long, LedgerEvent> entries)
    {
        var numbers = ClosedBy(entry);
        var several = entry.Data is AgreementTerminated;
        for (var i = several ? _lookedAtStopped.GetValueOrDefault(name) : 0; i < numbers.Count; i++)
        {
            if (entries.Count >= ErasedPerSweep || await WholeAsync(numbers[i]) is not { } transfer)
            {
                return false;
            }

            if (several)
            {
                _lookedAtStopped[name] = i + 1;
            }

            // Erased in part and not closed yet: the entry that closes it takes the reason along.
            if (TransferStatus.IsOpen(transfer.Status))
            {
                continue;
            }

            // Only with its last transfer is an entry done that closed several.
            long? closed = i == numbers.Count - 1 ? index : null;
            if (Plan(transfer, [name], TransferErased.ByRetention, days, closed) is { } erased)
            {
                // An erasure closes a transfer that was only delivered, and is no second end of one that was accepted.
                entries.TryAdd(numbers[i], PlatformEvent(erased, transfer));
            }
        }

        return true;
    }

    private List<long> ClosedBy(LedgerEvent entry) => entry.Data switch
    {
        TransferRequested { Status: var status, Number: var number } when !TransferStatus.IsOpen(status) => [number],
        TransferActed { After.Status: var status } when !TransferStatus.IsOpen(status) => [TransferId.Parse(entry.Transfer!).Number],
        TransferExpired or TransferStopped or TransferErased { Status: TransferStatus.Erasing } or TransferErased { TextKey: not null } => [TransferId.Parse(entry.Transfer!).Number],
        AgreementTerminated => State.Erasure.StoppedTogether ?? [],
        _ => [],
    };

    [LoggerMessage(2102, LogLevel.Error, "Retention of {Ledger} is held up: {Code}: {Detail}")]
    private static partial void LogNotSwept(ILogger logger, string ledger, string code, string detail);

    [LoggerMessage(2103, LogLevel.Error, "The reminder for the retention of {Ledger} could not be registered")]
    private static partial void LogNoReminder(ILogger logger, Exception exception, string ledger);
}
