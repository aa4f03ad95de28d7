using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>Commits that were acknowledged are no longer in the file: it is noticed, since what is left is sound in itself.</summary>
public sealed class LostEntriesTests : IDisposable
{
    private const string Log = LedgerFile.FileName + "-wal";

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_AfterCommitsWereLost_RefusesTheLedgersThatWereLongerAndNoOthers()
    {
        var (one, two) = await CrashAsync(async store =>
        {
            var first = await store.FillAsync(Numbered(1), 5);
            var second = await store.FillAsync(Numbered(2), 5);
            Keep();
            await store.AppendAsync(first, Drafts(5, 1));
            return (first, second);
        });

        using var directory = new StorageDirectory(_directory.FullPath);
        await using var reopened = FilledStore.Open(directory);
        Assert.Equal(5, (await reopened.GetHeadAsync(Numbered(1))).Size);
        var refusal = await Refusal.OfAsync(reopened.AppendAsync((await LedgerTree.LoadAsync(reopened, Numbered(1))).Prepare(Drafts(5, 1))), LedgerStoreFailure.Corrupt);
        Assert.Contains("had 6 entries and has 5", refusal.Message, StringComparison.Ordinal);
        await reopened.AppendAsync(two, Drafts(5, 1));
        Assert.Equal(6, one.Head.Size);
    }

    [Fact]
    public async Task Open_AfterALedgersFirstEntryWasLost_LetsNoneBeFoundedInItsPlace()
    {
        var (_, two) = await CrashAsync(async store =>
        {
            var second = await store.FillAsync(Numbered(2), 5);
            Keep();
            return (await store.FillAsync(Numbered(1), 5), second);
        });

        using var directory = new StorageDirectory(_directory.FullPath);
        await using var reopened = FilledStore.Open(directory);
        await Refusal.OfAsync(reopened.AppendAsync(LedgerTree.Empty(Numbered(1)).Prepare(Drafts(0, 1))), LedgerStoreFailure.Corrupt);
        await reopened.AppendAsync(two, Drafts(5, 1));
    }

    [Fact]
    public async Task Open_AfterACrash_GoesOnWithEverything()
    {
        var (one, two) = await CrashAsync(async store =>
        {
            var trees = (await store.FillAsync(Numbered(1), 5), await store.FillAsync(Numbered(2), 300));
            Keep();
            return trees;
        });

        using var directory = new StorageDirectory(_directory.FullPath);
        await using var reopened = FilledStore.Open(directory);
        await reopened.AppendAsync(one, Drafts(5, 1));
        await reopened.AppendAsync(two, Drafts(300, 1));
        Assert.True((await LedgerVerifier.VerifyAsync(reopened, Numbered(2), two.Head)).Ok);
    }

    [Fact]
    public async Task Open_WithATornLastTransaction_GoesOn()
    {
        var (one, _) = await CrashAsync(async store =>
        {
            var trees = (await store.FillAsync(Numbered(1), 5), await store.FillAsync(Numbered(2), 5));
            Keep();
            return trees;
        });

        // What a power cut leaves of a transaction that nobody was told of: a frame of the same log with nothing right in it.
        var log = await File.ReadAllBytesAsync(_directory.PathOf(Log));
        await File.WriteAllBytesAsync(_directory.PathOf(Log), [.. log, .. log.AsSpan(32, 24), .. new byte[4096]]);

        using var directory = new StorageDirectory(_directory.FullPath);
        await using var reopened = FilledStore.Open(directory);
        await reopened.AppendAsync(one, Drafts(5, 1));
    }

    [Fact]
    public async Task Open_FileOfVersion1_SealsWhatIsThere()
    {
        await FilledStore.FillAsync(_directory.FullPath);
        var newer = _directory.PathOf("newer.db");
        File.Move(_directory.PathOf(LedgerFile.FileName), newer);
        using (var older = SqliteDatabase.OpenWriter(_directory.PathOf(LedgerFile.FileName), durable: true, TimeSpan.Zero, 1))
        {
            older.Execute(LedgerSchema.Version1);
            older.Execute($"""
                ATTACH '{newer}' AS n;
                INSERT INTO ledgers SELECT * FROM n.ledgers;
                INSERT INTO heads SELECT ledger, size, root FROM n.heads;
                INSERT INTO entries SELECT ledger, idx, leaf, key, body FROM n.entries;
                INSERT INTO sidecars SELECT ledger, idx, value FROM n.sidecars;
                INSERT INTO tiles SELECT * FROM n.tiles;
                INSERT INTO documents SELECT * FROM n.documents;
                PRAGMA user_version = 1;
                """);
        }

        for (var opening = 0; opening < 2; opening++)
        {
            using var directory = new StorageDirectory(_directory.FullPath);
            await using var store = FilledStore.Open(directory);
            Assert.Empty(await store.ScrubAsync(FilledStore.Ledgers));
            await FilledStore.AppendAsync(store, 10, 1);
        }
    }

    /// <summary>Leaves the database and its log as they were when <see cref="Keep"/> was called, and the mark as it was at the end.</summary>
    private async Task<(LedgerTree One, LedgerTree Two)> CrashAsync(Func<SqliteLedgerStore, Task<(LedgerTree, LedgerTree)>> fill)
    {
        (LedgerTree, LedgerTree) trees;
        byte[] mark;
        using (var directory = new StorageDirectory(_directory.FullPath))
        await using (var store = FilledStore.Open(directory))
        {
            trees = await fill(store);
            mark = Read(LedgerMark.FileName);
        }

        foreach (var name in new[] { LedgerFile.FileName, Log })
        {
            File.Move(_directory.PathOf(name + ".kept"), _directory.PathOf(name), overwrite: true);
        }

        await File.WriteAllBytesAsync(_directory.PathOf(LedgerMark.FileName), mark);
        return trees;
    }

    private void Keep()
    {
        foreach (var name in new[] { LedgerFile.FileName, Log })
        {
            File.WriteAllBytes(_directory.PathOf(name + ".kept"), Read(name));
        }
    }

    // Others have the file open.
    private byte[] Read(string name)
    {
        using var file = new FileStream(_directory.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
