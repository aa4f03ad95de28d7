using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Benchmarks.Ledgers;

/// <summary>Entries without proofs: place, key and body of each, in the store's own group commit.</summary>
internal sealed class BareAppendRequest(BareTable table, long ledger, long first, LedgerEntryDraft[] entries) : WriteRequest(default)
{
    public override long Bytes => entries.Sum(e => (long)e.Body.Length);

    public override int Entries => entries.Length;

    protected override RequestRefusal? TryWrite(LedgerTransaction transaction)
    {
        var insert = table.Insert(transaction.Tables.Database);
        for (var i = 0; i < entries.Length; i++)
        {
            insert.Bind(1, ledger).Bind(2, first + i).Bind(3, entries[i].Key.Span).Bind(4, entries[i].Body.Span).Execute();
        }

        return null;
    }
}

/// <summary>The table that holds them; belongs to the writer thread.</summary>
internal sealed class BareTable
{
    private SqliteStatement? _insert;

    public SqliteStatement Insert(SqliteDatabase database) => _insert ??= Prepare(database);

    private static SqliteStatement Prepare(SqliteDatabase database)
    {
        database.Execute(
            """
            CREATE TABLE bare (ledger INTEGER NOT NULL, idx INTEGER NOT NULL, key BLOB, body BLOB NOT NULL, PRIMARY KEY (ledger, idx));
            CREATE UNIQUE INDEX bare_by_key ON bare (ledger, key) WHERE key IS NOT NULL;
            """);
        return database.Prepare("INSERT INTO bare (ledger, idx, key, body) VALUES (?, ?, ?, ?)");
    }
}
