using System.Text;
using BriData.Ledger.Storage;
using BriData.Ledger.Verification;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class DamageTests : IAsyncDisposable
{
    private const int PageSize = 4096;
    private const int EntriesEach = 400;

    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Read_BodyWithAFlippedBit_IsCorruptAndThatLedgerAloneRefusesAppends()
    {
        await FillBothAsync();
        await _store.ReopenAsync(path => Change(path, bytes => bytes[Find(bytes, Marker(1, 200))] ^= 1));

        var damaged = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.Ledgers.ReadAsync(Numbered(1), 0, EntriesEach).ToListAsync());

        Assert.Equal(LedgerStoreFailure.Corrupt, damaged.Reason);
        Assert.Contains("Entry 200", damaged.Message, StringComparison.Ordinal);
        await AssertOneRefusesAndTwoGoesOnAsync();
    }

    [Fact]
    public async Task Read_PageDestroyed_IsCorruptAndThatLedgerAloneRefusesAppends()
    {
        await FillBothAsync();
        await _store.ReopenAsync(path => Change(path, bytes => DestroyPage(bytes, Find(bytes, Marker(1, 200)))));

        var damaged = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.Ledgers.ReadAsync(Numbered(1), 0, EntriesEach).ToListAsync());

        Assert.Equal(LedgerStoreFailure.Corrupt, damaged.Reason);
        await AssertOneRefusesAndTwoGoesOnAsync();
    }

    [Fact]
    public async Task Append_IntoADestroyedPage_IsCorruptForThatRequestAlone()
    {
        await FillBothAsync();

        // The rightmost page of the tree of entries takes every new entry; that of the keys takes only keyed ones.
        await _store.ReopenAsync(path => Change(path, bytes => DestroyPage(bytes, FindKeyPage(bytes))));
        var one = await LedgerTree.LoadAsync(_store.Ledgers, Numbered(1));
        var two = await LedgerTree.LoadAsync(_store.Ledgers, Numbered(2));
        Task keyed;
        Task plain;
        using (await HoldRequest.HoldAsync(_store.Ledgers))
        {
            keyed = _store.Ledgers.AppendAsync(one.Prepare([new LedgerEntryDraft(Body(1), Key(8))]));
            plain = _store.Ledgers.AppendAsync(two.Prepare([new LedgerEntryDraft(Body(1))]));
        }

        await Refusal.OfAsync(keyed, LedgerStoreFailure.Corrupt);
        await plain;
        await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare([new LedgerEntryDraft(Body(1))])), LedgerStoreFailure.Corrupt);
        Assert.Equal(EntriesEach, (await _store.Ledgers.GetHeadAsync(Numbered(1))).Size);
        Assert.Equal(EntriesEach + 1, (await _store.Ledgers.GetHeadAsync(Numbered(2))).Size);
    }

    [Fact]
    public async Task Read_EntryTakenOut_IsCorrupt()
    {
        await FillBothAsync();
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "DELETE FROM entries WHERE idx = 200 AND ledger = 1"));

        var middle = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.Ledgers.ReadAsync(Numbered(1), 0, EntriesEach).ToListAsync());
        var alone = await Assert.ThrowsAsync<LedgerStoreException>(() => _store.Ledgers.ReadAsync(Numbered(1), 200, 201).ToListAsync());

        Assert.Equal(LedgerStoreFailure.Corrupt, middle.Reason);
        Assert.Equal(LedgerStoreFailure.Corrupt, alone.Reason);
    }

    [Fact]
    public async Task Append_HeadChangedBehindTheWriter_IsCorruptForThatLedgerAlone()
    {
        var one = await _store.Ledgers.FillAsync(Numbered(1), 3);
        var two = await _store.Ledgers.FillAsync(Numbered(2), 3);
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "UPDATE heads SET size = 2 WHERE ledger = 1"));
        Task changed;
        Task other;
        using (await HoldRequest.HoldAsync(_store.Ledgers))
        {
            changed = _store.Ledgers.AppendAsync(one.Prepare(Drafts(3, 1)));
            other = _store.Ledgers.AppendAsync(two.Prepare(Drafts(3, 1)));
        }

        await Refusal.OfAsync(changed, LedgerStoreFailure.Corrupt);
        await other;
        Assert.Equal(3, (await _store.Ledgers.ReadAsync(Numbered(1), 0, 10).ToListAsync()).Count);
    }

    [Fact]
    public async Task Open_NotADatabase_IsAClearErrorAndLeavesTheFileAlone()
    {
        var garbage = Encoding.UTF8.GetBytes(new string('x', 10_000));
        var error = await Assert.ThrowsAsync<StorageOpenException>(() => _store.ReopenAsync(path => File.WriteAllBytes(path, garbage)));

        Assert.Equal(_store.DatabasePath, error.Path);
        Assert.Contains("restore", error.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(_store.DatabasePath));
    }

    private static byte[] Marker(int ledger, long index) => Encoding.UTF8.GetBytes($$"""{"ledger":{{ledger}},"n":{{index}},""");

    private static byte[] LongBody(int ledger, long index) => [.. Marker(ledger, index), .. Encoding.UTF8.GetBytes("\"pad\":\"" + new string('p', 300) + "\"}")];

    private static int Find(byte[] bytes, byte[] marker)
    {
        var at = bytes.AsSpan().IndexOf(marker);
        Assert.True(at > PageSize);
        return at;
    }

    // The key is stored twice: beside the entry's body, and in the index of keys.
    private static int FindKeyPage(byte[] bytes)
    {
        var first = Find(bytes, Key(7));
        var second = first + 1 + bytes.AsSpan(first + 1).IndexOf(Key(7));
        Assert.True(second > first);
        return bytes.AsSpan(first, 64).IndexOf(Marker(1, 7)) < 0 ? first : second;
    }

    private static void DestroyPage(byte[] bytes, int offset) => bytes.AsSpan(offset / PageSize * PageSize, 64).Fill(0xEE);

    private static void Change(string path, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
    }

    private async Task FillBothAsync()
    {
        foreach (var number in new[] { 1, 2 })
        {
            var tree = LedgerTree.Empty(Numbered(number));
            await _store.Ledgers.AppendAsync(tree, [.. Enumerable.Range(0, EntriesEach).Select(i => new LedgerEntryDraft(LongBody(number, i), i == 7 && number == 1 ? Key(7) : default(ReadOnlyMemory<byte>)))]);
        }
    }

    private async Task AssertOneRefusesAndTwoGoesOnAsync()
    {
        var one = await LedgerTree.LoadAsync(_store.Ledgers, Numbered(1));
        await Refusal.OfAsync(_store.Ledgers.AppendAsync(one.Prepare(Drafts(EntriesEach, 1))), LedgerStoreFailure.Corrupt);

        var two = await LedgerTree.LoadAsync(_store.Ledgers, Numbered(2));
        await _store.Ledgers.AppendAsync(two, Drafts(EntriesEach, 1));
        Assert.True((await LedgerVerifier.VerifyAsync(_store.Ledgers, Numbered(2), two.Head)).Ok);
    }
}
