using BriData.Policy.Decisions;

namespace BriData.Entries.Transfers;

/// <summary>Statuses of a transfer, as they appear on the wire and in ledgers.</summary>
internal static class TransferStatus
{
    public const string Permitted = "permitted";
    public const string Denied = "denied";
    public const string PendingApproval = "pendingApproval";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string PayloadDeposited = "payloadDeposited";
    public const string Delivered = "delivered";
    public const string Accepted = "accepted";
    public const string RefusedByRecipient = "refusedByRecipient";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";
    public const string Stopped = "stopped";

    /// <summary>Its payload's erasure is on record, and the key perhaps not destroyed yet.</summary>
    public const string Erasing = "erasing";
    public const string Erased = "erased";

    public static string Of(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Permit or DecisionOutcome.PermitWithObligations => Permitted,
        DecisionOutcome.ApprovalRequired => PendingApproval,
        _ => Denied,
    };

    /// <summary>True while somebody may still act on it.</summary>
    public static bool IsOpen(string status) => status is Permitted or PendingApproval or Approved or PayloadDeposited or Delivered;

    /// <summary>True for what an erased payload changes the status of: a transfer whose data the importer has.</summary>
    public static bool IsReceived(string status) => status is Delivered or Accepted;

    /// <summary>True for statuses that count against a grant's yearly number.</summary>
    public static bool Counts(string status) => status is not Denied;
}
