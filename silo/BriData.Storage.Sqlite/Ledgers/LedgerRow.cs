namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>A ledger's row number in the database and its head.</summary>
internal readonly record struct LedgerRow(long Id, long Size, Hash256 Root);
