using System.Diagnostics;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using Microsoft.Extensions.Options;
using static BriData.Testing.Ledger.AuditSamples;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Audit;

/// <summary>On a file system that really is full. Needs the right to mount one.</summary>
public sealed class AuditFullDiskTests
{
    private const int Batch = 50;

    [Fact]
    public async Task Apply_DiskFull_IsRefusedByItsReasonUntilThereIsRoomAndLeavesNoGap()
    {
        using var root = new TestDirectory();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=3m", "bridata-test", root.FullPath), "A file system cannot be mounted here.");
        try
        {
            var ballast = root.PathOf("ballast");
            await File.WriteAllBytesAsync(ballast, new byte[2 << 20]);
            using var directory = new StorageDirectory(root.FullPath);
            using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions()));
            var applied = 0L;

            var refusal = await Assert.ThrowsAsync<AuditIndexException>(async () =>
            {
                while (true)
                {
                    await index.ApplyAsync(Records(applied));
                    applied += Batch;
                }
            });
            Assert.Equal(LedgerStoreFailure.Full, refusal.Reason);
            Assert.True(applied > 0);
            Assert.Equal(applied, (await index.GetProgressAsync())[SampleLedger]);

            File.Delete(ballast);
            await index.ApplyAsync(Records(applied));
            Assert.Equal(applied + Batch, (await index.GetProgressAsync())[SampleLedger]);
        }
        finally
        {
            Run("umount", "-l", root.FullPath);
        }
    }

    private static AuditRecord[] Records(long from) =>
        [.. Enumerable.Range(0, Batch).Select(i => Record(SampleLedger, from + i, i) with { Text = $"word{from + i}" })];

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
