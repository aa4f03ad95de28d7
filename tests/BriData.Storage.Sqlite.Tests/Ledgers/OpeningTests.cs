using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class OpeningTests : IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Reopen_KeepsHeadsEntriesAndKeys()
    {
        var tree = LedgerTree.Empty(SampleLedger);
        await _store.Ledgers.AppendAsync(tree, new LedgerEntryDraft(Body(0), Key(0), Body(9)));

        await _store.ReopenAsync();

        Assert.Equal(tree.Head, await _store.Ledgers.GetHeadAsync(SampleLedger));
        Assert.Equal(0, await _store.Ledgers.FindByKeyAsync(SampleLedger, Key(0)));
        Assert.Equal(Body(9), (await _store.Ledgers.ReadAsync(SampleLedger, 0, 1).ToListAsync())[0].Sidecar.ToArray());
        await _store.Ledgers.AppendAsync(await LedgerTree.LoadAsync(_store.Ledgers, SampleLedger), Drafts(1, 1));
    }

    [Fact]
    public async Task Append_FirstCallAfterReopen_StillChecksTheStoredSize()
    {
        await _store.Ledgers.FillAsync(SampleLedger, 2);
        await _store.ReopenAsync();

        await Refusal.OfAsync(_store.Ledgers.AppendAsync(LedgerTree.Empty(SampleLedger).Prepare(Drafts(0, 1))), LedgerStoreFailure.Conflict);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndLeftUntouched()
    {
        await _store.Ledgers.FillAsync(SampleLedger, 2);

        var error = await Assert.ThrowsAsync<StorageOpenException>(() => _store.ReopenAsync(path => SetVersion(path, LedgerSchema.Version + 1)));

        Assert.Contains($"schema version {LedgerSchema.Version + 1}", error.Message, StringComparison.Ordinal);
        SetVersion(_store.DatabasePath, LedgerSchema.Version);
        using var reader = SqliteDatabase.OpenWriter(_store.DatabasePath, durable: true, TimeSpan.Zero, 1);
        Assert.Equal(2, reader.Scalar("SELECT count(*) FROM entries"));
    }

    [Fact]
    public async Task Writer_WaitsForTheDiskAtEveryCommit()
    {
        long synchronous = -1;
        await _store.Ledgers.File.WriteAsync(new SqlRequest(tables =>
        {
            synchronous = tables.Database.Scalar("PRAGMA synchronous");
            return "SELECT 1";
        }));

        Assert.Equal(2, synchronous);
    }

    [Fact]
    public async Task Erase_SidecarRow_LeavesTheEntry()
    {
        await _store.Ledgers.AppendAsync(LedgerTree.Empty(SampleLedger), new LedgerEntryDraft(Body(0), Key(0), Body(9)));
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "DELETE FROM sidecars"));

        var entry = Assert.Single(await _store.Ledgers.ReadAsync(SampleLedger, 0, 1).ToListAsync());

        Assert.Equal(Body(0), entry.Body.ToArray());
        Assert.True(entry.Sidecar.IsEmpty);
    }

    [Fact]
    public async Task Read_LongLedger_PagesWithoutGaps()
    {
        var tree = await _store.Ledgers.FillAsync(SampleLedger, 255, 1, 1, 900);
        await _store.Ledgers.AppendAsync(tree, [.. Enumerable.Range(0, 60).Select(i => new LedgerEntryDraft(new byte[50_000 + i]))]);

        var entries = await _store.Ledgers.ReadAsync(SampleLedger, 0, long.MaxValue).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 1217).Select(i => (long)i), entries.Select(e => e.Index));
        Assert.Equal(50_059, entries[^1].Body.Length);
    }

    [Fact]
    public async Task HeadKeyAndTile_CompleteSynchronously()
    {
        await _store.Ledgers.AppendAsync(LedgerTree.Empty(SampleLedger), new LedgerEntryDraft(Body(0), Key(0)));
        await _store.ReopenAsync();

        Assert.True(_store.Ledgers.GetHeadAsync(SampleLedger).AsTask().IsCompletedSuccessfully);
        Assert.True(_store.Ledgers.FindByKeyAsync(SampleLedger, Key(0)).AsTask().IsCompletedSuccessfully);
        Assert.True(_store.Ledgers.ReadTileAsync(SampleLedger, 0, 0).AsTask().IsCompletedSuccessfully);
    }

    private static void SetVersion(string path, int version)
    {
        using var database = SqliteDatabase.OpenWriter(path, durable: true, TimeSpan.Zero, 1);
        database.Execute($"PRAGMA user_version = {version}");
    }
}
