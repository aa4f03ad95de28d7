namespace BriData.Storage.Sqlite.Audit;

/// <summary>The stream that is being written: its last sheet, and what the transaction adds to it.</summary>
internal sealed class AuditStream(long id, long audience, Sheet sheet)
{
    public long Id { get; } = id;

    public long Audience { get; } = audience;

    public Sheet Sheet { get; set; } = sheet;

    /// <summary>Additions of the open transaction; null when there are none.</summary>
    public SheetDraft? Draft { get; set; }
}
