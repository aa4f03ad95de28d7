namespace BriData.Ledger.Audit;

/// <summary>What catching up with the ledgers came to.</summary>
/// <param name="Entries">Entries applied.</param>
/// <param name="Stalled">
/// Ledgers of which the index may lack entries, each with its trouble: an entry is malformed, or what is stored is damaged. Under
/// the default value, damage of which nobody can tell whose entries it has taken.
/// </param>
public sealed record AuditCatchUp(long Entries, IReadOnlyDictionary<LedgerId, Exception> Stalled);
