using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Data.Sqlite;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>A value of one ledger is changed through SQL, with table and index in agreement: that ledger is closed, the other goes on.</summary>
public sealed class ColumnDamageTests : IAsyncDisposable
{
    private const int Entries = 300;

    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("UPDATE entries SET body = CAST('{\"kind\":\"sample\",\"n\":9,\"v\":1}' AS BLOB) WHERE ledger = 1 AND idx = 7")]
    [InlineData("UPDATE entries SET leaf = (SELECT leaf FROM entries WHERE ledger = 1 AND idx = 8) WHERE ledger = 1 AND idx = 7")]
    [InlineData("UPDATE entries SET key = zeroblob(32) WHERE ledger = 1 AND idx = 8")]
    [InlineData("UPDATE entries SET key = NULL WHERE ledger = 1 AND idx = 8")]
    [InlineData("UPDATE entries SET key = zeroblob(32) WHERE ledger = 1 AND idx = 9")]
    [InlineData("UPDATE entries SET idx = 5000 WHERE ledger = 1 AND idx = 299")]
    [InlineData("PRAGMA foreign_keys = OFF; UPDATE entries SET ledger = 77 WHERE ledger = 1 AND idx = 299")]
    [InlineData("UPDATE entries SET seal = seal + 1 WHERE ledger = 1 AND idx = 7")]
    [InlineData("UPDATE sidecars SET value = CAST('{}' AS BLOB) WHERE ledger = 1 AND idx = 10")]
    [InlineData("UPDATE sidecars SET seal = seal + 1 WHERE ledger = 1 AND idx = 10")]
    [InlineData("UPDATE tiles SET hashes = zeroblob(32) WHERE ledger = 1 AND level = 1")]
    [InlineData("UPDATE tiles SET level = 2 WHERE ledger = 1 AND level = 1")]
    [InlineData("UPDATE heads SET root = zeroblob(32) WHERE ledger = 1")]
    [InlineData("UPDATE heads SET size = size - 1 WHERE ledger = 1")]
    [InlineData("UPDATE heads SET size = size + 1 WHERE ledger = 1")]
    [InlineData("UPDATE heads SET seal = seal + 1 WHERE ledger = 1")]
    [InlineData("UPDATE ledgers SET name = 'agreement/sample-777' WHERE id = 1")]
    [InlineData("UPDATE ledgers SET name = 'nonsense' WHERE id = 1")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM ledgers WHERE id = 1")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM heads WHERE ledger = 1")]
    public async Task Change_OfAValue_ClosesThatLedgerAlone(string sql)
    {
        var one = await FillAsync(Numbered(1));
        var two = await FillAsync(Numbered(2));

        await _store.ReopenAsync(path => Execute(path, sql));
        Assert.NotEmpty(await _store.Ledgers.ScrubAsync(Numbered(1), Numbered(2)));

        await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare(Drafts(Entries, 1))), LedgerStoreFailure.Corrupt);
        await _store.Ledgers.AppendAsync(two, Drafts(Entries, 1));
        Assert.DoesNotContain(await _store.Ledgers.ScrubAsync(Numbered(2)), d => d.Ledger == Numbered(2));
    }

    [Fact]
    public async Task Change_OfAName_LetsNoLedgerBeFoundedInItsPlace()
    {
        await FillAsync(Numbered(1));

        await _store.ReopenAsync(path => Execute(path, "UPDATE ledgers SET name = 'agreement/sample-777'"));

        foreach (var unknown in new[] { Numbered(1), Numbered(777), Numbered(5) })
        {
            Assert.Equal(LedgerStoreFailure.Corrupt, (await Assert.ThrowsAsync<LedgerStoreException>(async () => await GetOrAppendAsync(unknown))).Reason);
        }
    }

    [Fact]
    public async Task Scrub_OfASoundStore_FindsNothing()
    {
        await FillAsync(Numbered(1));
        await _store.ReopenAsync();

        Assert.Empty(await _store.Ledgers.ScrubAsync(Numbered(1)));
    }

    [Fact]
    public async Task Close_OfALedger_RefusesItsAppendsAndNoOthers()
    {
        var one = await FillAsync(Numbered(1));
        var two = await FillAsync(Numbered(2));

        _store.Ledgers.Close(Numbered(1), "The test says so.");

        var refusal = await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare(Drafts(Entries, 1))), LedgerStoreFailure.Corrupt);
        Assert.Equal("The test says so.", refusal.Message);
        await _store.Ledgers.AppendAsync(two, Drafts(Entries, 1));
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task GetOrAppendAsync(LedgerId ledger)
    {
        await _store.Ledgers.GetHeadAsync(ledger);
        await _store.Ledgers.AppendAsync(LedgerTree.Empty(ledger).Prepare(Drafts(0, 1)));
    }

    private async Task<LedgerTree> FillAsync(LedgerId ledger)
    {
        var tree = LedgerTree.Empty(ledger);
        await _store.Ledgers.AppendAsync(tree, [.. Enumerable.Range(0, Entries).Select(i => new LedgerEntryDraft(
            Body(i), i % 2 == 0 ? Key(i) : default(ReadOnlyMemory<byte>), i % 5 == 0 ? Body(1000 + i) : default(ReadOnlyMemory<byte>)))]);
        return tree;
    }
}
