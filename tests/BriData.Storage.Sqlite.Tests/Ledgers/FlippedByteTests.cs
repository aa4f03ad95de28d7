using System.Globalization;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Tests.Support;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

/// <summary>
/// Any single byte of the stored ledgers is changed, in the file or in its log: it is found when the store is opened or looked
/// through, or the byte carries nothing (room left in a page, a count that SQLite keeps for others).
/// </summary>
public sealed class FlippedByteTests : IDisposable
{
    private const int HeaderBytes = 100;

    /// <summary>A prime, so that samples fall on every part of a page.</summary>
    private const int FileStep = 1_499;
    private const int LogStep = 3_191;

    private readonly TestDirectory _sound = new();

    public void Dispose() => _sound.Dispose();

    [Fact]
    public async Task Flip_OfAByteOfTheFile_IsFoundOrChangesNothing()
    {
        await FilledStore.FillAsync(_sound.FullPath);
        var file = await File.ReadAllBytesAsync(_sound.PathOf(LedgerFile.FileName));
        var expected = await ReadSoundAsync();
        var (found, harmless) = (0, new List<int>());

        for (var at = 0; at < file.Length; at += at < HeaderBytes ? 1 : FileStep)
        {
            using var copy = Copy(_sound, LedgerFile.FileName, at);
            if (await IsFoundAsync(copy, expected, at))
            {
                found++;
            }
            else
            {
                harmless.Add(at);
            }
        }

        Assert.True(2 * found > 3 * harmless.Count, $"{found} found; not found, and without effect: {string.Join(' ', harmless)}");
    }

    /// <summary>A killed process leaves its last commits in the log alone.</summary>
    [Fact]
    public async Task Flip_OfAByteOfTheLog_IsFoundOrChangesNothing()
    {
        string expected;
        using var killed = new TestDirectory();
        using (var directory = new StorageDirectory(_sound.FullPath))
        await using (var store = FilledStore.Open(directory))
        {
            await FilledStore.AppendAsync(store, 30, 8);
            expected = await FilledStore.ReadAsync(store);
            CopyAll(_sound, killed);
        }

        var log = LedgerFile.FileName + "-wal";
        var length = new FileInfo(killed.PathOf(log)).Length;
        Assert.True(length > 50 * LogStep);
        var found = 0;
        for (var at = 0; at < length; at += at < 64 ? 1 : LogStep)
        {
            using var copy = Copy(killed, log, at);
            found += await IsFoundAsync(copy, expected, at) ? 1 : 0;
        }

        Assert.True(found > 32, $"{found} found.");
    }

    private static TestDirectory Copy(TestDirectory from, string file, int flipped)
    {
        var copy = new TestDirectory();
        CopyAll(from, copy);
        using var stream = new FileStream(copy.PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        stream.Position = flipped;
        var value = stream.ReadByte();
        stream.Position = flipped;
        stream.WriteByte((byte)(value ^ (1 << (flipped % 8))));
        return copy;
    }

    private static void CopyAll(TestDirectory from, TestDirectory to)
    {
        foreach (var name in new[] { LedgerFile.FileName, LedgerFile.FileName + "-wal", LedgerMark.FileName }.Where(n => File.Exists(from.PathOf(n))))
        {
            using var source = new FileStream(from.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(to.PathOf(name));
            source.CopyTo(target);
        }
    }

    /// <summary>True when the flip was found; the test fails when it was not and yet changed something.</summary>
    private static async Task<bool> IsFoundAsync(TestDirectory copy, string expected, int at)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"The flip at {at}");
        try
        {
            using var directory = new StorageDirectory(copy.FullPath);
            await using var store = FilledStore.Open(directory);
            if ((await store.ScrubAsync(FilledStore.Ledgers)).Count > 0)
            {
                return true;
            }

            Assert.True(expected == await FilledStore.ReadAsync(store), $"{where} was not found and changes what is read.");

            // Nor may it lead astray what is written from now on.
            await FilledStore.AppendAsync(store, 40, 2);
            var after = await store.ScrubAsync(FilledStore.Ledgers);
            Assert.True(after.Count == 0, $"{where} was not found and spoilt what was written after: {string.Join(' ', after)}");
            return false;
        }
        catch (Exception e) when (e is StorageOpenException or LedgerStoreException { Reason: LedgerStoreFailure.Corrupt or LedgerStoreFailure.Unavailable })
        {
            return true;
        }
    }

    private async Task<string> ReadSoundAsync()
    {
        using var directory = new StorageDirectory(_sound.FullPath);
        await using var store = FilledStore.Open(directory);
        return await FilledStore.ReadAsync(store);
    }
}
