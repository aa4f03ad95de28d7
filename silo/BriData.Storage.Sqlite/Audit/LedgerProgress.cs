namespace BriData.Storage.Sqlite.Audit;

/// <summary>A ledger's row number in the index and how many of its entries are indexed.</summary>
internal readonly record struct LedgerProgress(long Id, long Size);
