namespace BriData.Silo.Audit;

/// <summary>How far the audit index is behind the ledgers.</summary>
/// <param name="Entries">Durable entries that cannot be found yet.</param>
/// <param name="Oldest">When the oldest of them was made; null when there are none.</param>
internal sealed record AuditLag(long Entries, DateTimeOffset? Oldest)
{
    public static AuditLag None { get; } = new(0, null);

    /// <summary>Age of the oldest entry that cannot be found yet, in seconds; 0 when there are none.</summary>
    public double SecondsAt(DateTimeOffset now) => Oldest is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0;
}
