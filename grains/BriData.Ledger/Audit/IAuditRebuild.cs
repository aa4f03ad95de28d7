namespace BriData.Ledger.Audit;

/// <summary>
/// An index that is being built beside the one that serves. Disposing of it without <see cref="SwitchAsync"/> throws it away,
/// and so does the next start after a crash.
/// </summary>
public interface IAuditRebuild : IAuditSink, IAsyncDisposable
{
    /// <summary>
    /// Puts what was built in the place of the serving index, at once and for good: a search sees the old one or the new one,
    /// never parts of both. Cursors stay valid. The caller applies nothing to either meanwhile.
    /// </summary>
    Task SwitchAsync(CancellationToken cancellationToken = default);
}
