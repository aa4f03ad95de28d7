using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>Runs a statement on the writer's own connection, inside a commit.</summary>
internal sealed class SqlRequest(Func<LedgerTables, string> sql) : WriteRequest(default)
{
    public override long Bytes => 0;

    public override int Entries => 0;

    protected override RequestRefusal? TryWrite(LedgerTransaction transaction)
    {
        transaction.Tables.Database.Execute(sql(transaction.Tables));
        return null;
    }
}
