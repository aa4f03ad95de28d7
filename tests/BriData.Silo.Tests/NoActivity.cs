using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Silo.Tests;

/// <summary>Never wakes a background loop: the test asks.</summary>
internal sealed class NoActivity : ILedgerActivity
{
    public async ValueTask<long> WaitForAppendAsync(long seenVersion, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return seenVersion;
    }
}
