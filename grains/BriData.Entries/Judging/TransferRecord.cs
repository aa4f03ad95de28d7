using BriData.Entries.Events;
using BriData.Entries.Transfers;

namespace BriData.Entries.Judging;

/// <summary>What an auditor keeps of a transfer while somebody may still act on it.</summary>
internal sealed class TransferRecord(LedgerEvent requested, TransferRequested data)
{
    public long Number => data.Number;

    public Actor RequestedBy => requested.By!;

    public string Exporter => requested.Exporter!;

    public string Importer => requested.Importer!;

    public string DataSet => requested.DataSet!;

    public DateTimeOffset ExpiresAt => data.ExpiresAt;

    public string Status { get; set; } = data.Status;

    /// <summary>Countries whose approval is still missing.</summary>
    public SortedSet<string> Pending { get; } = new(StringComparer.Ordinal);

    /// <summary>Countries whose approval the request needed; a later need of another one's stops it.</summary>
    public string[] ApprovalsAsked { get; init; } = [];

    /// <summary>What governed, and the day, when its lawfulness was looked at last.</summary>
    public (int Governing, DateOnly Day) LookedAt { get; set; }

    public PayloadDeposited? Payload { get; set; }

    /// <summary>Names of the keys of its texts, without those erased.</summary>
    public SortedSet<string> TextKeys { get; } = new(StringComparer.Ordinal);
}
