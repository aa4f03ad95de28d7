namespace BriData.Ledger.Verification;

/// <summary>Something about a ledger that is not as it must be.</summary>
/// <param name="Code">Stable name of what is wrong, for programs.</param>
/// <param name="Index">The entry, or the first of several; null when it cannot be placed.</param>
/// <param name="Resource">Path of the resource that is wrong; null when it is what an entry says.</param>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Kind">Kind of the entry; null when it was not read.</param>
public sealed record LedgerFinding(string Code, long? Index, string? Resource, string Message, string? Kind = null);
