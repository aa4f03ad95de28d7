using BriData.Silo.Audit;

namespace BriData.Silo.Operator;

/// <summary>How the audit index stands.</summary>
/// <param name="Entries">Entries that can be found.</param>
/// <param name="Ledgers">Ledgers with at least one of them.</param>
/// <param name="LagEntries">Durable entries that cannot be found yet.</param>
/// <param name="LagSeconds">Age of the oldest of them.</param>
/// <param name="Rebuild">The rebuild under way, or the last one since the start; null when there was none.</param>
internal sealed record AuditIndexStatus(long Entries, int Ledgers, long LagEntries, double LagSeconds, AuditRebuildState? Rebuild);
