using BriData.Contracts.Transfers;
using BriData.Entries.Events;

namespace BriData.Entries.Transfers;

/// <summary>The fold of one transfer's entries.</summary>
internal sealed class TransferState
{
    public long Number { get; set; }

    public string Status { get; set; } = "";

    public string DataSet { get; set; } = "";

    public string Exporter { get; set; } = "";

    public string Importer { get; set; } = "";

    public string Purpose { get; set; } = "";

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Pseudonym of the officer who asked; the same person may not approve.</summary>
    public string RequestedBy { get; set; } = "";

    /// <summary>The agency that asked.</summary>
    public string RequestedByAgency { get; set; } = "";

    /// <summary>Countries whose approval is still missing.</summary>
    public SortedSet<string>? ApprovalsPending { get; set; }

    /// <summary>True once the transfer was allowed to take place, whatever happened after.</summary>
    public bool EverPermitted { get; set; }

    /// <summary>True once a byte of the payload has left, whatever happened after.</summary>
    public bool EverReleased { get; set; }

    public PayloadDescriptor? Payload { get; set; }

    /// <summary>True once the erasure of the payload is on record.</summary>
    public bool PayloadErased { get; set; }

    /// <summary>Names of the keys of its texts, without those whose erasure is on record; null for none.</summary>
    public List<string>? TextKeys { get; set; }

    /// <summary>True when a text lies beside the ledger in clear, as texts did before they were sealed.</summary>
    public bool HasClearText { get; set; }

    /// <summary>Erasures on record; null for none.</summary>
    public List<TransferErasure>? Erasures { get; set; }

    /// <summary>Index of the entry with the decision.</summary>
    public long RequestIndex { get; set; }

    public long LastIndex { get; set; }

    /// <summary>Starts a transfer from its first entry.</summary>
    public static TransferState From(LedgerEvent entry, TransferRequested requested, IEnumerable<string> approvals, long index)
    {
        var transfer = Start(entry, requested, approvals, index);
        transfer.TakeTextKey(requested);
        return transfer;
    }

    private static TransferState Start(LedgerEvent entry, TransferRequested requested, IEnumerable<string> approvals, long index) => new()
    {
        Number = requested.Number,
        Status = requested.Status,
        DataSet = entry.DataSet!,
        Exporter = entry.Exporter!,
        Importer = entry.Importer!,
        Purpose = requested.Purpose,
        RequestedAt = entry.At,
        ExpiresAt = requested.ExpiresAt,
        RequestedBy = entry.By!.Officer,
        RequestedByAgency = entry.By.Agency!,
        ApprovalsPending = requested.Status == TransferStatus.PendingApproval ? new SortedSet<string>(approvals, StringComparer.Ordinal) : null,
        EverPermitted = requested.Status == TransferStatus.Permitted,
        RequestIndex = index,
        LastIndex = index,
    };

    /// <summary>Applies a later entry of this transfer.</summary>
    public void Apply(LedgerEvent entry, long index)
    {
        LastIndex = index;
        TakeTextKey(entry.Data);
        switch (entry.Data)
        {
            case TransferActed { After: var after }:
                Status = after.Status;
                EverPermitted |= Status == TransferStatus.Approved;
                ApprovalsPending = after.ApprovalsPending.IsEmpty ? null : new SortedSet<string>(after.ApprovalsPending, StringComparer.Ordinal);
                break;
            case PayloadDeposited deposited:
                Payload = new PayloadDescriptor(deposited.Jurisdiction, deposited.Reference, deposited.Size, deposited.Sha256, deposited.MediaType, deposited.PayloadKey);
                Status = TransferStatus.PayloadDeposited;
                break;
            case PayloadReleased:
                EverReleased = true;
                Status = Status == TransferStatus.PayloadDeposited ? TransferStatus.Delivered : Status;
                break;
            case TransferErased erased:
                Erase(entry, erased, index);
                break;
            case ErasureCompleted completed:
                Complete(completed, entry.At);
                break;
            default:
                Status = entry.Data switch
                {
                    TransferExpired => TransferStatus.Expired,
                    TransferStopped => TransferStatus.Stopped,
                    _ => Status,
                };
                break;
        }
    }

    private void Erase(LedgerEvent entry, TransferErased erased, long index)
    {
        Status = erased.Status;
        PayloadErased |= erased.Classes.Contains(RetentionClass.Payload);
        TextKeys?.RemoveAll(key => erased.Keys.Contains(key));
        (Erasures ??= []).Add(new TransferErasure(index, entry.At, [.. erased.Classes], erased.Rule, erased.Days));
    }

    private void Complete(ErasureCompleted completed, DateTimeOffset at)
    {
        var erasure = Erasures?.FindIndex(e => e.Index == completed.Erasure) ?? -1;
        if (erasure >= 0)
        {
            Erasures![erasure] = Erasures[erasure] with { DestroyedAt = at };
        }

        if (Status == TransferStatus.Erasing && PayloadErased && Erasures!.TrueForAll(e => e.DestroyedAt is not null || !e.Classes.Contains(RetentionClass.Payload)))
        {
            Status = TransferStatus.Erased;
        }
    }

    private void TakeTextKey(EventData data)
    {
        if (PrivateField.Of(data) is not { } field)
        {
            return;
        }

        if (field.Key is not { } key)
        {
            HasClearText = true;
        }
        else if (TextKeys?.Contains(key) != true)
        {
            (TextKeys ??= []).Add(key);
        }
    }
}

/// <summary>An erasure on record.</summary>
/// <param name="Index">Index of its entry.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Classes">What it erases.</param>
/// <param name="Rule"><see cref="TransferErased.ByRequest"/> or <see cref="TransferErased.ByRetention"/>.</param>
/// <param name="Days">For retention, the days that the agreement states.</param>
/// <param name="DestroyedAt">When the completion was recorded; null until then.</param>
internal sealed record TransferErasure(long Index, DateTimeOffset At, string[] Classes, string Rule, int? Days, DateTimeOffset? DestroyedAt = null);
