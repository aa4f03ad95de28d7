using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Transfers;
using BriData.Entries.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using Microsoft.Extensions.Logging;

namespace BriData.Grains.Agreements;

/// <content>
/// Erasing: on record first, then keys and files are destroyed, then that is on record too. What lies between the two
/// entries is in <see cref="ErasureState.Due"/> and is carried out until it is done, across restarts.
/// </content>
internal sealed partial class AgreementGrain
{
    private const int DestroyedAtOnce = 256;

    private PublicationRetry? _erasing;

    public async Task<Reply<TransferView>> EraseTransferAsync(
        Caller caller, Operation operation, long number, ImmutableArray<string>? classes, string? reason)
    {
        var found = await FindAsync(caller, number);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var who = found.Value.Who;
        return await OnceAsync(who, operation, Erase, (entry, stored) => ReplayErasureAsync(number, entry, stored));

        async Task<Reply<TransferView>> Erase(Hash256 key)
        {
            if ((MayErase(who, found.Value.Transfer) ?? KnownClasses(classes)) is { } refusal)
            {
                return refusal;
            }

            var (textKey, noKey) = await TextKeyAsync(reason);
            if (noKey is not null)
            {
                return noKey;
            }

            // The index may lag, and what is erased must be everything. This call does not interleave with itself or a sweep,
            // so a closed transfer stays as it is read; an open one is in the state.
            var transfer = await WholeAsync(number);
            if (transfer is null)
            {
                return new Refusal(ErrorCodes.Busy, "The transfer is closed and not indexed yet. Try again.");
            }

            var planned = Plan(transfer, classes ?? [.. RetentionClass.All]);
            if (!planned.IsOk)
            {
                return planned.Refusal;
            }

            var texts = PrivateTexts.Under(textKey);
            var commitment = texts.Commit("reason", reason);
            var data = planned.Value with { Reason = commitment, TextKey = texts.KeyName };
            var receipt = await AppendAsync(Event(who, operation, data, transfer), key, texts);
            return await RecordedAsync(receipt, async () => await DestroyAsync(receipt.Value!.Index) is { } pending ? pending : await AnswerAsync(number, data, receipt.Value!));
        }
    }

    public async Task<Reply<bool>> SettleAsync()
    {
        if (Unavailable is { } unavailable)
        {
            return unavailable;
        }

        // What cannot be destroyed now does not hold up what is due for erasure.
        var pending = await DestroyDueAsync();
        var swept = await SweepAsync();
        return (pending ?? swept.Refusal) is { } refusal ? refusal : swept;
    }

    private async Task<Reply<TransferView>> ReplayErasureAsync(long number, LedgerEvent entry, StoredEntry stored)
    {
        if (entry.Data is not TransferErased erased || entry.Transfer != new TransferId(Id, number).ToString())
        {
            return new Refusal(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was used for another request.");
        }

        if (await DestroyAsync(stored.Index) is { } pending)
        {
            return pending;
        }

        return await AnswerAsync(number, erased, ReceiptOf(stored.Index, stored.LeafHash));
    }

    /// <summary>The transfer as a finished erasure left it.</summary>
    private async Task<Reply<TransferView>> AnswerAsync(long number, TransferErased erased, ReceiptReference receipt)
    {
        if (await WholeAsync(number) is not { } transfer)
        {
            return new Refusal(ErrorCodes.Busy, "The transfer is closed and not indexed yet. Try again.");
        }

        var now = await ViewAsync(transfer);
        return now.IsOk
            ? now.Value with
            {
                Status = erased.Status == TransferStatus.Erasing ? TransferStatus.Erased : erased.Status,
                Erasures = [.. now.Value.Erasures.Where(e => e.Index <= receipt.Index)],
                LastReceipt = receipt,
            }
            : now.Refusal;
    }

    private static Refusal? KnownClasses(ImmutableArray<string>? classes) => classes switch
    {
        null => null,
        { IsDefaultOrEmpty: true } => Refusal.OfField("classes", ErrorCodes.InvalidField, "Name what is to be erased, or leave classes out for everything."),
        { } some when some.FirstOrDefault(c => !RetentionClass.All.Contains(c)) is { } unknown =>
            Refusal.OfField("classes", ErrorCodes.InvalidField, $"'{unknown}' is none of {string.Join(", ", RetentionClass.All)}."),
        _ => null,
    };

    private static Refusal? MayErase(CallerIdentity who, TransferState transfer) =>
        who.Roles.HasFlag(CallerRoles.Admin)
        && (who.Country == transfer.Exporter[..2] || who.Country == transfer.Importer[..2])
        && (who.Agency is null || who.Agency == transfer.Exporter || who.Agency == transfer.Importer)
            ? null
            : Rights.OfAgency(who, transfer.Exporter);

    /// <summary>What there is to erase now, by request.</summary>
    private static Reply<TransferErased> Plan(TransferState transfer, ImmutableArray<string> classes)
    {
        if (TransferStatus.IsOpen(transfer.Status) && transfer.Status != TransferStatus.Delivered)
        {
            return new Refusal(ErrorCodes.WrongState, $"The transfer is {transfer.Status}; withdraw it first.");
        }

        if (transfer.HasClearText && classes.Contains(RetentionClass.Statements))
        {
            return new Refusal(ErrorCodes.WrongState, "A text of the transfer was recorded before texts were sealed and has no key to destroy.");
        }

        return Plan(transfer, classes, TransferErased.ByRequest, null, null)
            ?? (Reply<TransferErased>)new Refusal(ErrorCodes.WrongState, "There is nothing left to erase.");
    }

    /// <summary>The entry that erases what is left of the classes; null when nothing is.</summary>
    private static TransferErased? Plan(TransferState transfer, ImmutableArray<string> classes, string rule, int? days, long? closed)
    {
        var payload = classes.Contains(RetentionClass.Payload) && !transfer.PayloadErased ? transfer.Payload : null;
        ImmutableArray<string> texts = classes.Contains(RetentionClass.Statements) ? [.. transfer.TextKeys ?? []] : [];
        if (payload is null && texts.IsEmpty)
        {
            return null;
        }

        return new TransferErased(
            [.. RetentionClass.All.Where(c => c == RetentionClass.Payload ? payload is not null : !texts.IsEmpty)],
            rule,
            days,
            [.. payload?.Key is { } key ? [key] : ImmutableArray<string>.Empty, .. texts],
            payload is null ? null : new PayloadLocation(payload.Jurisdiction, payload.Reference),
            payload is not null && TransferStatus.IsReceived(transfer.Status) ? TransferStatus.Erasing : transfer.Status,
            closed);
    }

    /// <summary>A transfer with every entry it has; null when there is none, or the index cannot say yet.</summary>
    private async Task<TransferState?> WholeAsync(long number)
    {
        if (State.Open.GetValueOrDefault(number) is null && !_closed.ContainsKey(number) && await gate.EnsureCurrentAsync(Ledger) is not null)
        {
            return null;
        }

        var transfer = await LookUpAsync(number);
        if (transfer is not null && !State.Open.ContainsKey(number))
        {
            // Kept, so that later entries are applied to it whether or not the index has them.
            RememberClosed(transfer);
        }

        return transfer;
    }

    private void ApplyToClosed(LedgerEvent entry, long number, long index)
    {
        if (_closed.TryGetValue(number, out var transfer))
        {
            transfer.Apply(entry, index);
        }
    }

    /// <summary>
    /// Carries out erasures that are on record; the refusal when some could not be. Keys go first, all of them: they are what
    /// makes a value unreadable. A file that cannot be deleted holds up no other.
    /// </summary>
    private async Task<Refusal?> DestroyDueAsync()
    {
        var left = new HashSet<long>();
        while (State.Erasure.Due.Keys.Any(erasure => !left.Contains(erasure)))
        {
            if (await CommittedStateAsync() is { } unavailable)
            {
                return unavailable;
            }

            var due = State.Erasure.Due.Where(d => !left.Contains(d.Key)).ToArray();
            try
            {
                foreach (var batch in due.Chunk(DestroyedAtOnce))
                {
                    await Services.Keys.EraseAsync([.. batch.SelectMany(d => d.Value.Keys)], Now);
                }
            }
            catch (ValueKeyStoreException e)
            {
                return Pending(e);
            }

            foreach (var batch in due.Chunk(DestroyedAtOnce))
            {
                left.UnionWith(await DiscardAsync(batch));

                // What another turn has completed meanwhile needs no second entry.
                var completed = batch.Where(d => State.Erasure.Due.ContainsKey(d.Key) && !left.Contains(d.Key)).Select(Completion).ToList();
                if (completed.Count > 0 && (await AppendAllAsync(completed)).Refusal is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return left.Count > 0 ? Pending(null) : null;
    }

    /// <summary>Likewise, for whoever asks for one erasure: what becomes of the others is not the caller's.</summary>
    private async Task<Refusal?> DestroyAsync(long erasure)
    {
        var pending = State.Erasure.Due.ContainsKey(erasure) ? await DestroyDueAsync() : null;
        return Unavailable ?? (State.Erasure.Due.ContainsKey(erasure) ? pending : null);
    }

    /// <summary>Deletes the payloads of erasures; those whose payload could not be.</summary>
    private async Task<List<long>> DiscardAsync(IEnumerable<KeyValuePair<long, DueErasure>> due)
    {
        var left = new List<long>();
        foreach (var (erasure, value) in due)
        {
            try
            {
                if (value.Payload is { } payload)
                {
                    await payloads.DiscardAsync(new StagedPayload(payload.Jurisdiction, payload.Reference, 0, default));
                }
            }
            catch (PayloadStoreException e)
            {
                if (left.Count == 0)
                {
                    LogNotDiscarded(logger, e, Ledger.Value, erasure);
                }

                left.Add(erasure);
            }
        }

        return left;
    }

    private Refusal Pending(Exception? cause)
    {
        LogNotDestroyed(logger, cause, Ledger.Value);
        RetryErasure();
        return new Refusal(
            ErrorCodes.ErasurePending, "The erasure is on record, but not everything could be destroyed yet. Repeat the call with the same Idempotency-Key.");
    }

    private LedgerEvent Completion(KeyValuePair<long, DueErasure> due) =>
        PlatformEvent(new ErasureCompleted(due.Key)) with
        {
            Transfer = due.Value.Transfer,
            DataSet = due.Value.DataSet,
            Exporter = due.Value.Exporter,
            Importer = due.Value.Importer,
        };

    private void RetryErasure()
    {
        if (State.Erasure.Due.Count > 0)
        {
            _erasing = PublicationRetry.Start(this, _erasing, async () => Unavailable is not null || await DestroyDueAsync() is null);
        }
    }

    [LoggerMessage(2101, LogLevel.Error, "Values of {Ledger} whose erasure is on record could not be destroyed; it is tried again")]
    private static partial void LogNotDestroyed(ILogger logger, Exception? exception, string ledger);

    [LoggerMessage(2104, LogLevel.Error, "The payload of erasure {Erasure} of {Ledger}, whose key is destroyed, could not be deleted; it is tried again")]
    private static partial void LogNotDiscarded(ILogger logger, Exception exception, string ledger, long erasure);
}
