using BriData.Ledger.Notes;
using BriData.Ledger.Verification;

namespace BriData.Ledger.Reconciling;

/// <summary>One of two copies.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Ledger">The ledger; null when that cannot be said.</param>
/// <param name="Key">The key that has signed it; null when none has.</param>
/// <param name="Checkpoint">What the key has signed; null when that cannot be said.</param>
/// <param name="Problem">What is wrong with the copy itself; null when nothing that was looked at is.</param>
public sealed record ReconciledCopy(string Location, LedgerId? Ledger, string? Key, Checkpoint? Checkpoint, LedgerFinding? Problem);
