using BriData.Entries.Transfers;

namespace BriData.Entries.Judging;

/// <summary>What an auditor keeps of a transfer on which nobody may act any more, to judge what is erased of it.</summary>
/// <param name="Status">Its status.</param>
/// <param name="At">When it closed.</param>
/// <param name="DataSet">Data set asked for.</param>
/// <param name="Exporter">Its exporter.</param>
/// <param name="Importer">Its importer.</param>
/// <param name="TextKeys">Sum of the marks of the keys of its texts, without those erased.</param>
/// <param name="Payload">Mark of its payload, 0 when there is none or it was erased.</param>
internal readonly record struct ClosedTransfer(
    string Status, DateTimeOffset At, string DataSet, string Exporter, string Importer, ulong TextKeys, ulong Payload)
{
    /// <summary>True when an entry speaks of the same data between the same agencies.</summary>
    public bool IsOf(string? dataSet, string? exporter, string? importer) => DataSet == dataSet && Exporter == exporter && Importer == importer;

    public static ClosedTransfer Of(TransferRecord transfer, string status, DateTimeOffset at) => new(
        status,
        at,
        transfer.DataSet,
        transfer.Exporter,
        transfer.Importer,
        transfer.TextKeys.Aggregate(0UL, (sum, key) => sum + ErasableMark.Of(key)),
        transfer.Payload is { } payload ? ErasableMark.Of(payload.PayloadKey, new PayloadLocation(payload.Jurisdiction, payload.Reference)) : 0);
}
