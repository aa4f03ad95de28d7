using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>A piece of a table that was checked.</summary>
/// <param name="Last">Row number to go on behind.</param>
/// <param name="Rows">Rows looked at; none at the table's end.</param>
/// <param name="Damages">What was wrong with them.</param>
internal sealed record RowPage(long Last, int Rows, IReadOnlyList<LedgerDamage> Damages);
