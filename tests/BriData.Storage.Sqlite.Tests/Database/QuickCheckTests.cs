using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;

namespace BriData.Storage.Sqlite.Tests.Database;

public sealed class QuickCheckTests : IDisposable
{
    private const string Numbers = "CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT); WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 100000) INSERT INTO t SELECT n, 'x' FROM r";

    private readonly SqliteDatabase _database = SqliteDatabase.OpenMemory();

    public QuickCheckTests() => _database.Execute(Numbers);

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Check_NotStopped_ReadsTheTable()
    {
        var asked = 0;

        Assert.Null(_database.QuickCheck("t", () => asked++ < 0));
        Assert.True(asked > 10);
    }

    [Fact]
    public void Check_Stopped_EndsThereAndTheConnectionGoesOn()
    {
        var asked = 0;

        Assert.Throws<OperationCanceledException>(() => _database.QuickCheck("t", () => ++asked == 3));

        Assert.Equal(3, asked);
        Assert.Equal(100_000, _database.Scalar("SELECT count(*) FROM t"));
        Assert.Equal(3, asked);
    }

    /// <summary>Cancelled by the pause after the last row of the first table: what follows is that table's structure.</summary>
    [Fact]
    public async Task CheckAsync_Cancelled_LeavesTheFileAlone()
    {
        await using var store = new TestStore();
        await store.Ledgers.FillAsync(LedgerSamples.SampleLedger, 300);
        using var stop = new CancellationTokenSource();
        var paces = new List<int>();
        var check = store.Ledgers.CheckAsync(
            (rows, _) =>
            {
                paces.Add(rows);
                return paces.Count == 3 ? new ValueTask(stop.CancelAsync()) : ValueTask.CompletedTask;
            },
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check.ToListAsync());

        // Two pages of entries, and the pause that their structure is worth.
        Assert.Equal([256, 44, 300], paces);
    }
}
