using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
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

        await _store.ReopenAsync(path => RawSql.Execute(path, sql));
        Assert.NotEmpty(await _store.Ledgers.ScrubAsync(Numbered(1), Numbered(2)));

        await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare(Drafts(Entries, 1))), LedgerStoreFailure.Corrupt);
        await _store.Ledgers.AppendAsync(two, Drafts(Entries, 1));
        Assert.DoesNotContain(await _store.Ledgers.ScrubAsync(Numbered(2)), d => d.Ledger == Numbered(2));
    }

    [Fact]
    public async Task Change_OfAName_LetsNoLedgerBeFoundedInItsPlace()
    {
        await FillAsync(Numbered(1));

        await _store.ReopenAsync(path => RawSql.Execute(path, "UPDATE ledgers SET name = 'agreement/sample-777'"));

        foreach (var unknown in new[] { Numbered(1), Numbered(777), Numbered(5) })
        {
            Assert.Equal(LedgerStoreFailure.Corrupt, (await Assert.ThrowsAsync<LedgerStoreException>(async () => await GetOrAppendAsync(unknown))).Reason);
        }
    }

    /// <summary>Each ledger that may be any is told once, however often the ledgers are listed, with the name that it has now.</summary>
    [Theory]
    [InlineData("UPDATE heads SET size = size - 1 WHERE ledger = 1", new[] { 1 })]
    [InlineData("UPDATE ledgers SET name = 'agreement/sample-777' WHERE id = 1", new[] { 777 })]
    [InlineData("UPDATE ledgers SET name = 'nonsense' WHERE id = 1", new[] { 0 })]
    [InlineData("UPDATE ledgers SET name = 'nonsense' || id", new[] { 0, 0 })]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM ledgers", new[] { 0, 0 })]
    public async Task KnownDamage_OfNames_TellsEachOnce(string sql, int[] borne)
    {
        await FillAsync(Numbered(1));
        await FillAsync(Numbered(2));

        await _store.ReopenAsync(path => RawSql.Execute(path, sql));
        await _store.Ledgers.ListAsync().ToListAsync();
        await _store.Ledgers.ListAsync().ToListAsync();

        var known = _store.Ledgers.KnownDamage();
        Assert.Equal(borne.Select(static n => n == 0 ? default : Numbered(n)), known.Where(d => d.Ledger == default).Select(d => d.Bears));
        Assert.Equal(borne.Where(static n => n > 0).Select(static n => Numbered(n)), known.Where(d => d.Ledger != default).Select(d => d.Ledger));
    }

    [Theory]
    [InlineData("UPDATE ledgers SET name = 'nonsense' WHERE id = 1")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE heads SET root = zeroblob(31) WHERE ledger = 1")]
    public async Task List_OneLedgersNameOrHeadDamaged_ListsTheOther(string sql)
    {
        await FillAsync(Numbered(1));
        var two = await FillAsync(Numbered(2));

        await _store.ReopenAsync(path => RawSql.Execute(path, sql));

        Assert.Equal([two.Head], await _store.Ledgers.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task List_ANameDamagedSinceTheOpening_LetsNoLedgerBeFoundedInItsPlace()
    {
        await FillAsync(Numbered(1));
        await _store.ReopenAsync();
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "UPDATE ledgers SET name = 'nonsense' WHERE id = 1"));

        Assert.Empty(await _store.Ledgers.ListAsync().ToListAsync());

        await Refusal.OfAsync(_store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(5)).Prepare(Drafts(0, 1))), LedgerStoreFailure.Corrupt);
        Assert.Contains(await _store.Ledgers.ScrubAsync(), d => d.What.Contains("nonsense", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_MoreLedgersThanAPage_ListsEachOnce()
    {
        const int Ledgers = (2 * LedgerReader.ListPage) + 1;
        await Task.WhenAll(Enumerable.Range(0, Ledgers).Select(n => _store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(n)).Prepare(Drafts(0, 1)))));

        Assert.Equal(Enumerable.Range(0, Ledgers).Select(Numbered), (await _store.Ledgers.ListAsync().ToListAsync()).Select(h => h.Ledger));
    }

    [Theory]
    [InlineData(33)]
    [InlineData(31)]
    [InlineData(100_000)]
    public async Task ReadTile_ALeafOfAnotherLength_IsCorruptAndClosesTheLedger(int bytes)
    {
        var one = await FillAsync(Numbered(1));
        await _store.ReopenAsync(path => RawSql.Execute(path, $"PRAGMA ignore_check_constraints = ON; UPDATE entries SET leaf = zeroblob({bytes}) WHERE ledger = 1 AND idx = 255"));

        var damaged = await Assert.ThrowsAsync<LedgerStoreException>(async () => await _store.Ledgers.ReadTileAsync(Numbered(1), 0, 0));

        Assert.Equal(LedgerStoreFailure.Corrupt, damaged.Reason);
        Assert.Contains("Entry 255", damaged.Message, StringComparison.Ordinal);
        await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare(Drafts(Entries, 1))), LedgerStoreFailure.Corrupt);
    }

    [Fact]
    public async Task Find_AHeadWithARootOfAnotherLength_IsCorrupt()
    {
        await FillAsync(Numbered(1));
        await _store.ReopenAsync(path => RawSql.Execute(path, "PRAGMA ignore_check_constraints = ON; UPDATE heads SET root = zeroblob(31) WHERE ledger = 1"));

        var damaged = await Assert.ThrowsAsync<LedgerStoreException>(async () => await _store.Ledgers.GetHeadAsync(Numbered(1)));

        Assert.Equal(LedgerStoreFailure.Corrupt, damaged.Reason);
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
