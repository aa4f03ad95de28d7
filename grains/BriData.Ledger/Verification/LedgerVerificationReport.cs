namespace BriData.Ledger.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Entries">Entries read and found good before the first problem; all of them when there is none.</param>
/// <param name="Root">Root recomputed from those entries' bytes.</param>
/// <param name="FirstBadIndex">
/// First entry that the problem touches: the entry itself, or the first under a tile's hash. Null when there is no problem
/// or it cannot be placed (the head, a checkpoint).
/// </param>
/// <param name="Problem">The first problem, for a person to read; null when there is none.</param>
public sealed record LedgerVerificationReport(LedgerId Ledger, long Entries, Hash256 Root, long? FirstBadIndex, string? Problem)
{
    public bool Ok => Problem is null;
}
