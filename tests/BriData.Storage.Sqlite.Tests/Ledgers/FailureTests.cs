using System.Text;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class FailureTests : IAsyncDisposable
{
    private static readonly byte[] Large = Encoding.UTF8.GetBytes('"' + new string('a', 60_000) + '"');

    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Append_FileLockedByOther_FailsWholeGroupThenWorksAgain()
    {
        var tree = await _store.Ledgers.FillAsync(Numbered(1), 3);
        using var commits = new CommitCounter(_store.Ledgers);
        using (var other = SqliteDatabase.OpenWriter(_store.DatabasePath, durable: true, TimeSpan.Zero, 1))
        {
            other.Execute("BEGIN IMMEDIATE");

            await Refusal.OfAsync(_store.Ledgers.AppendAsync(tree.Prepare(Drafts(3, 1))), LedgerStoreFailure.Unavailable);
            await Refusal.OfAsync(_store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(2)).Prepare(Drafts(0, 1))), LedgerStoreFailure.Unavailable);

            Assert.Equal(3, (await _store.Ledgers.ReadAsync(Numbered(1), 0, 10).ToListAsync()).Count);
            other.Execute("ROLLBACK");
        }

        await _store.Ledgers.AppendAsync(tree, Drafts(3, 1));

        Assert.Equal(["Unavailable", "Unavailable"], commits.Failures);
        Assert.Equal([1], commits.EntriesPerCommit);
        Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, Numbered(1), tree.Head)).Ok);
    }

    [Fact]
    public async Task Append_NoRoom_IsFullForTheGroupThenWorksAgainWithoutReopening()
    {
        var tree = await _store.Ledgers.FillAsync(Numbered(1), 3);
        await _store.Ledgers.File.WriteAsync(new SqlRequest(tables => $"PRAGMA max_page_count = {tables.Database.Scalar("PRAGMA page_count")}"));
        Task[] refused;
        using (await HoldRequest.HoldAsync(_store.Ledgers))
        {
            refused =
            [
                _store.Ledgers.AppendAsync(tree.Prepare([new LedgerEntryDraft(Large)])),
                _store.Ledgers.AppendAsync(LedgerTree.Empty(Numbered(2)).Prepare(Drafts(0, 1))),
            ];
        }

        foreach (var append in refused)
        {
            await Refusal.OfAsync(append, LedgerStoreFailure.Full);
        }

        Assert.Equal(tree.Head, await _store.Ledgers.GetHeadAsync(Numbered(1)));
        Assert.Equal(0, (await _store.Ledgers.GetHeadAsync(Numbered(2))).Size);

        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "PRAGMA max_page_count = 1000000"));
        await _store.Ledgers.AppendAsync(tree, new LedgerEntryDraft(Large));

        await _store.ReopenAsync();
        Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, Numbered(1), tree.Head)).Ok);
    }

    [Theory]
    [InlineData(1, LedgerStoreFailure.Unavailable, 1)]
    [InlineData(2, LedgerStoreFailure.OutcomeUnknown, 0)]
    public async Task Append_CommitItselfFails_IsUnknownUnlessAFenceCouldBeCommitted(int failingCommits, LedgerStoreFailure reason, int fences)
    {
        var tree = await _store.Ledgers.FillAsync(Numbered(1), 3);
        var left = failingCommits;
        Task append;
        using (await HoldRequest.HoldAsync(_store.Ledgers))
        {
            append = _store.Ledgers.AppendAsync(tree.Prepare(Drafts(3, 1)));
            _ = _store.Ledgers.File.WriteAsync(new SqlRequest(tables =>
            {
                raw.sqlite3_commit_hook(tables.Database.Handle, _ => left-- > 0 ? 1 : 0, null);
                return "SELECT 1";
            }));
        }

        await Refusal.OfAsync(append, reason);

        Assert.Equal(3, (await _store.Ledgers.GetHeadAsync(Numbered(1))).Size);
        await _store.Ledgers.AppendAsync(tree, Drafts(3, 1));
        await _store.ReopenAsync();
        Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, Numbered(1), tree.Head)).Ok);
        using var reader = SqliteDatabase.OpenReader(_store.DatabasePath, TimeSpan.Zero);
        Assert.Equal(fences, reader.Scalar("SELECT raised FROM fence"));
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, LedgerStoreFailure.Full, LedgerStoreFailure.Full)]
    [InlineData(raw.SQLITE_BUSY, LedgerStoreFailure.Unavailable, LedgerStoreFailure.Unavailable)]
    [InlineData(raw.SQLITE_LOCKED, LedgerStoreFailure.Unavailable, LedgerStoreFailure.Unavailable)]
    [InlineData(raw.SQLITE_READONLY, LedgerStoreFailure.Unavailable, LedgerStoreFailure.Unavailable)]
    [InlineData(raw.SQLITE_CANTOPEN, LedgerStoreFailure.Unavailable, LedgerStoreFailure.OutcomeUnknown)]
    [InlineData(raw.SQLITE_IOERR, LedgerStoreFailure.Unavailable, LedgerStoreFailure.OutcomeUnknown)]
    [InlineData(raw.SQLITE_CORRUPT, LedgerStoreFailure.Corrupt, LedgerStoreFailure.OutcomeUnknown)]
    [InlineData(raw.SQLITE_NOTADB, LedgerStoreFailure.Corrupt, LedgerStoreFailure.OutcomeUnknown)]
    [InlineData(raw.SQLITE_CONSTRAINT, LedgerStoreFailure.Conflict, LedgerStoreFailure.OutcomeUnknown)]
    public void Translation_IsSurerBeforeTheCommitThanDuring(int code, LedgerStoreFailure before, LedgerStoreFailure during)
    {
        var error = new SqliteException("text", code);

        Assert.Equal(before, SqliteFailures.BeforeCommit(error));
        Assert.Equal(during, SqliteFailures.DuringCommit(error));
    }
}
