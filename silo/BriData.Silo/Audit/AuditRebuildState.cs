namespace BriData.Silo.Audit;

/// <summary>The rebuild under way, or the last one.</summary>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Entries">Entries read so far.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record AuditRebuildState(string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long Entries, string? Problem)
{
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
}
