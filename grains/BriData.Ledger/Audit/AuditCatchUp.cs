namespace BriData.Ledger.Audit;

/// <summary>What catching up with the ledgers came to.</summary>
/// <param name="Entries">Entries applied.</param>
/// <param name="Stalled">Ledgers that cannot be indexed further, each with its trouble: an entry is malformed, or the stored bytes are damaged.</param>
public sealed record AuditCatchUp(long Entries, IReadOnlyDictionary<LedgerId, Exception> Stalled);
