using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>The stream that is being written: its last sheet, and what the transaction has put on it.</summary>
internal sealed class AuditStream(long id, long audience, LedgerId ledger, Sheet sheet)
{
    public long Id { get; } = id;

    public long Audience { get; } = audience;

    public LedgerId Ledger { get; } = ledger;

    public Sheet Sheet { get; set; } = sheet;

    /// <summary>Records of the open transaction, the last ones on the sheet.</summary>
    public List<AuditRecord> Fresh { get; } = [];
}
