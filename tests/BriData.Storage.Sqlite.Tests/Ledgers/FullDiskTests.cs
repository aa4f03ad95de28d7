using System.Diagnostics;
using System.Text;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>On a file system that really is full. Needs the right to mount one.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Append_DiskFull_IsRefusedUntilThereIsRoomAndNothingAcknowledgedIsLost()
    {
        using var directory = new TestDirectory();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=2m", "bridata-test", directory.FullPath), "A file system cannot be mounted here.");
        try
        {
            var ballast = directory.PathOf("ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
            await using var store = new TestStore(path: directory.FullPath);
            var tree = LedgerTree.Empty(SampleLedger);

            var refusal = await Assert.ThrowsAsync<LedgerStoreException>(async () =>
            {
                while (true)
                {
                    await store.Ledgers.AppendAsync(tree, Drafts(tree.Head.Size, 20));
                }
            });
            await Refusal.OfAsync(store.Ledgers.AppendAsync(tree.Prepare(Drafts(tree.Head.Size, 20))), refusal.Reason);

            Assert.Equal(LedgerStoreFailure.Full, refusal.Reason);
            Assert.True(tree.Head.Size > 0);
            Assert.Equal(tree.Head, await store.Ledgers.GetHeadAsync(SampleLedger));

            File.Delete(ballast);
            await store.Ledgers.AppendAsync(tree, Drafts(tree.Head.Size, 20));
            await store.ReopenAsync();
            Assert.True((await LedgerVerifier.VerifyAsync(store.Ledgers, SampleLedger, tree.Head)).Ok);
        }
        finally
        {
            Run("umount", "-l", directory.FullPath);
        }
    }

    /// <summary>The log is to be written back, and there is no room for that either.</summary>
    [Fact]
    public async Task Append_DiskFullWhenTheLogIsLong_IsRefusedUntilThereIsRoomAndLeavesNoLog()
    {
        using var directory = new TestDirectory();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=230m", "bridata-test", directory.FullPath), "A file system cannot be mounted here.");
        try
        {
            var ballast = directory.PathOf("ballast");
            await File.WriteAllBytesAsync(ballast, new byte[120 << 20]);
            await using var store = new TestStore(path: directory.FullPath);
            var tree = LedgerTree.Empty(SampleLedger);
            var large = Enumerable.Repeat(new LedgerEntryDraft(Encoding.UTF8.GetBytes('"' + new string('a', 60_000) + '"')), 10).ToArray();

            var refusal = await Assert.ThrowsAsync<LedgerStoreException>(async () =>
            {
                while (true)
                {
                    await store.Ledgers.AppendAsync(tree, large);
                }
            });

            Assert.Equal(LedgerStoreFailure.Full, refusal.Reason);
            Assert.Equal(tree.Head, await store.Ledgers.GetHeadAsync(SampleLedger));

            File.Delete(ballast);
            for (var batch = 0; batch < 20; batch++)
            {
                await store.Ledgers.AppendAsync(tree, large);
            }

            await store.ReopenAsync(static path => Assert.False(File.Exists(path + "-wal")));
            Assert.True((await LedgerVerifier.VerifyAsync(store.Ledgers, SampleLedger, tree.Head)).Ok);
        }
        finally
        {
            Run("umount", "-l", directory.FullPath);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
