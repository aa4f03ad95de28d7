namespace BriData.Grains.Audit;

/// <summary>Lets a search see everything that was acknowledged before it began.</summary>
public interface IAuditFreshness
{
    /// <summary>Completes when every entry that was durable at the call is indexed.</summary>
    Task EnsureCurrentAsync(CancellationToken cancellationToken = default);
}
