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

    /// <summary>Index of the entry with the decision.</summary>
    public long RequestIndex { get; set; }

    public long LastIndex { get; set; }

    /// <summary>Starts a transfer from its first entry.</summary>
    public static TransferState From(LedgerEvent entry, TransferRequested requested, IEnumerable<string> approvals, long index) => new()
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
        switch (entry.Data)
        {
            case TransferActed { After: var after }:
                Status = after.Status;
                EverPermitted |= Status == TransferStatus.Approved;
                ApprovalsPending = after.ApprovalsPending.IsEmpty ? null : new SortedSet<string>(after.ApprovalsPending, StringComparer.Ordinal);
                break;
            case PayloadDeposited deposited:
                Payload = new PayloadDescriptor(deposited.Jurisdiction, deposited.Reference, deposited.Size, deposited.Sha256, deposited.MediaType);
                Status = TransferStatus.PayloadDeposited;
                break;
            case PayloadReleased:
                EverReleased = true;
                Status = Status == TransferStatus.PayloadDeposited ? TransferStatus.Delivered : Status;
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
}
