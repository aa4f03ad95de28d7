namespace BriData.Storage.Sqlite.Audit;

/// <summary>A stream that the searcher may read.</summary>
internal sealed record VisibleStream(long Id, long Audience, LedgerId Ledger);
