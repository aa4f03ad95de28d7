namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Tells a projector that there is something new to read.</summary>
public interface ILedgerActivity
{
    /// <summary>
    /// Completes when something was committed after <paramref name="seenVersion"/>, with the version to wait for next.
    /// Start with a negative number: the first call returns at once, for what was stored before. Versions count from
    /// zero in every process.
    /// </summary>
    ValueTask<long> WaitForAppendAsync(long seenVersion, CancellationToken cancellationToken = default);
}
