namespace BriData.Ledger.Evidence;

/// <summary>What checking an evidence pack gave.</summary>
/// <param name="Country">Whose auditor asked for it; null when the manifest cannot be read.</param>
/// <param name="Entries">Entries that hold.</param>
/// <param name="FirstBadLine">The first line that does not hold, counted from 1; null when all do.</param>
/// <param name="Problem">What is wrong with it, for a person to read.</param>
public sealed record EvidenceReport(string? Country, long Entries, long? FirstBadLine, string? Problem)
{
    public bool Ok => Problem is null;
}
