using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Database;
using Microsoft.Data.Sqlite;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Audit;

public sealed class AuditIndexerTests
{
    [Fact]
    public void Apply_FailedSoThatNotEvenItsProgressCouldBeRead_LeavesNoGap()
    {
        var database = SqliteDatabase.OpenMemory();
        database.Execute(AuditSchema.Sql);
        using var indexer = new AuditIndexer(new AuditTables(database));
        indexer.Apply([Record(SampleLedger, 0, 0)]);

        // Both the batch and the look at where the index stands fail for want of a table.
        database.Execute("ALTER TABLE ledgers RENAME TO elsewhere");
        Assert.Throws<SqliteException>(() => indexer.Apply([Record(SampleLedger, 1, 1)]));
        Assert.Throws<SqliteException>(() => indexer.Progress());
        database.Execute("ALTER TABLE elsewhere RENAME TO ledgers");

        Assert.Equal(1, indexer.Progress()[SampleLedger]);
        Assert.Throws<InvalidOperationException>(() => indexer.Apply([Record(SampleLedger, 2, 2)]));
        indexer.Apply([Record(SampleLedger, 1, 1), Record(SampleLedger, 2, 2)]);
        Assert.Equal(3, indexer.Progress()[SampleLedger]);
        Assert.Equal(3, database.Scalar("SELECT count(*) FROM records"));
    }
}
