using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class CrashTests
{
    private const int Ledgers = 16;

    /// <summary>The same directory goes through all rounds, so that each recovers what the ones before left.</summary>
    [Fact]
    public async Task KillDuringLoad_EveryAcknowledgedEntryIsThereAndEveryLedgerVerifies()
    {
        using var directory = new TestDirectory();
        var acknowledged = new Dictionary<(string Ledger, long Index), string>();
        foreach (var enough in new[] { 50, 700, 333, 2000, 1 })
        {
            await RunAndKillAsync(directory.FullPath, enough, acknowledged);
            await VerifyAsync(directory.FullPath, acknowledged);
        }

        Assert.True(acknowledged.Count > 3000);
        Assert.Equal(Ledgers, acknowledged.Keys.Select(key => key.Ledger).Distinct().Count());
    }

    [Fact]
    public async Task SecondProcess_OnAnOpenDirectory_EndsWithAClearError()
    {
        await using var store = new TestStore();
        using var process = Start(Path.GetDirectoryName(store.DatabasePath)!);

        var error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("in use by another process", error, StringComparison.Ordinal);
    }

    private static Process Start(string directory) => Process.Start(new ProcessStartInfo(WriterPath, [directory, Ledgers.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    private static async Task RunAndKillAsync(string directory, int enough, Dictionary<(string Ledger, long Index), string> acknowledged)
    {
        using var process = Start(directory);
        try
        {
            var lines = 0;
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                if (line.Split(' ') is [var ledger, var index, var leaf, "."])
                {
                    acknowledged.Add((ledger, long.Parse(index, CultureInfo.InvariantCulture)), leaf);
                }

                // On Unix this is SIGKILL. What the pipe still holds was acknowledged before, and is read to its end.
                if (++lines == enough)
                {
                    process.Kill();
                }
            }

            Assert.True(lines >= enough, $"The writer ended by itself after {lines} lines.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private static async Task VerifyAsync(string directory, Dictionary<(string Ledger, long Index), string> acknowledged)
    {
        await using var store = new TestStore(path: directory);
        var leaves = new Dictionary<(string Ledger, long Index), string>();
        await foreach (var head in store.Ledgers.ListAsync())
        {
            Assert.Equal(head, (await LedgerTree.LoadAsync(store.Ledgers, head.Ledger)).Head);
            var verified = await LedgerVerifier.VerifyAsync(store.Ledgers, head.Ledger, head);
            Assert.True(verified.Ok, head.Ledger.Value);
            foreach (var entry in await store.Ledgers.ReadAsync(head.Ledger, 0, head.Size).ToListAsync())
            {
                leaves.Add((head.Ledger.Value, entry.Index), entry.LeafHash.ToString());
                Assert.Equal(entry.Index, await store.Ledgers.FindByKeyAsync(head.Ledger, SHA256.HashData(entry.Body.Span)));
                Assert.Equal(entry.Index % 3 == 0, !entry.Sidecar.IsEmpty);
            }
        }

        foreach (var (key, leaf) in acknowledged)
        {
            Assert.True(leaves.TryGetValue(key, out var stored), $"Entry {key.Index} of {key.Ledger} was acknowledged and is lost.");
            Assert.Equal(leaf, stored);
        }
    }

    private static string WriterPath => Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "BriData.Storage.Sqlite.CrashWriter.exe" : "BriData.Storage.Sqlite.CrashWriter");
}
