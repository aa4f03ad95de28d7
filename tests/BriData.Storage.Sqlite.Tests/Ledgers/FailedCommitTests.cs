using System.Text;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>
/// Commits that failed for want of an fsync leave whole frames in the log, with the salts of the log. Shorter commits write over
/// their beginning; what remains behind those is no damage.
/// </summary>
public sealed class FailedCommitTests : IDisposable
{
    private const string Log = LedgerFile.FileName + "-wal";
    private const int FrameBytes = 24 + 4096;

    private readonly TestDirectory _base = new();

    public void Dispose() => _base.Dispose();

    [Fact]
    public async Task Open_FramesOfFailedCommitsBehindAShorterOne_GoesOnWithWhatWasCommitted()
    {
        using var restarted = new TestDirectory();
        var head = await ComposeAsync(restarted);

        Assert.Null(WalCheck.Problem(restarted.PathOf(Log)));
        using var directory = new StorageDirectory(restarted.FullPath);
        await using var store = FilledStore.Open(directory);
        Assert.Equal(head, await store.GetHeadAsync(SampleLedger));
        var tree = await LedgerTree.LoadAsync(store, SampleLedger);
        await store.AppendAsync(tree, Drafts(head.Size, 3));
        Assert.True((await LedgerVerifier.VerifyAsync(store, SampleLedger, tree.Head)).Ok);
    }

    /// <summary>A flip in data, in the stored checksum, and in a salt, of a frame in the middle of a transaction and of its last one.</summary>
    [Theory]
    [InlineData(2, 100)]
    [InlineData(2, 17)]
    [InlineData(2, 9)]
    [InlineData(-1, 100)]
    [InlineData(-1, 17)]
    [InlineData(-1, 9)]
    public async Task Open_AFlipBeforeTheLastCommits_IsRefused(int frame, int at)
    {
        using var restarted = new TestDirectory();
        await ComposeAsync(restarted);
        var log = await File.ReadAllBytesAsync(restarted.PathOf(Log));
        log[32 + (FrameBytes * (frame < 0 ? FirstCommit(log) : frame)) + at] ^= 1;
        await File.WriteAllBytesAsync(restarted.PathOf(Log), log);

        using var directory = new StorageDirectory(restarted.FullPath);
        Assert.Throws<StorageOpenException>(() => FilledStore.Open(directory));
    }

    private static int FirstCommit(byte[] log)
    {
        var frame = 0;
        while (log.AsSpan(32 + (FrameBytes * frame) + 4, 4).IndexOfAnyExcept((byte)0) < 0)
        {
            frame++;
        }

        Assert.True(frame > 2);
        return frame;
    }

    /// <summary>The log of a store in which a long commit failed, then a shorter one, and a still shorter one went through.</summary>
    private async Task<LedgerHead> ComposeAsync(TestDirectory restarted)
    {
        byte[] common;
        using (var directory = new StorageDirectory(_base.FullPath))
        await using (var store = FilledStore.Open(directory))
        {
            await store.FillAsync(SampleLedger, 5, 5, 5);
            common = Read(_base.PathOf(Log));
            CopyTo(restarted);
        }

        var (failedFirst, _) = await AppendAsync(restarted, 40_000);
        var (failedNext, _) = await AppendAsync(restarted, 20_000);
        var (last, head) = await AppendAsync(restarted, 4_000);
        Assert.All((byte[][])[failedFirst, failedNext, last], log => Assert.True(log.AsSpan(0, common.Length).SequenceEqual(common)));
        Assert.True(failedFirst.Length > failedNext.Length + FrameBytes && failedNext.Length > last.Length + FrameBytes && last.Length > common.Length);

        await File.WriteAllBytesAsync(restarted.PathOf(Log), [.. last, .. failedNext.AsSpan(last.Length), .. failedFirst.AsSpan(failedNext.Length)]);
        return head;
    }

    /// <summary>The log after one more commit on a copy of what is in the directory.</summary>
    private static async Task<(byte[] Log, LedgerHead Head)> AppendAsync(TestDirectory from, int bytes)
    {
        using var copy = new TestDirectory();
        foreach (var name in new[] { LedgerFile.FileName, Log, LedgerMark.FileName })
        {
            File.Copy(from.PathOf(name), copy.PathOf(name));
        }

        using var directory = new StorageDirectory(copy.FullPath);
        await using var store = FilledStore.Open(directory);
        var tree = await LedgerTree.LoadAsync(store, SampleLedger);
        await store.AppendAsync(tree, new LedgerEntryDraft(Encoding.UTF8.GetBytes('"' + new string('a', bytes) + '"')));
        return (Read(copy.PathOf(Log)), tree.Head);
    }

    private void CopyTo(TestDirectory target)
    {
        foreach (var name in new[] { LedgerFile.FileName, Log, LedgerMark.FileName })
        {
            File.WriteAllBytes(target.PathOf(name), Read(_base.PathOf(name)));
        }
    }

    // Others have the file open.
    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
