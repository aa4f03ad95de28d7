using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using BriData.Testing.Ledger;
using CsCheck;

namespace BriData.Ledger.Tests.Payloads;

public sealed class SealedPayloadsTests
{
    private const int Chunk = 64 * 1024;
    private const int Name = 22;

    private readonly InMemoryPayloadStore _store = new();
    private readonly InMemoryValueKeyStore _keys = new();
    private readonly SealedPayloads _payloads;

    public SealedPayloadsTests() => _payloads = new SealedPayloads(_store, _keys, TimeProvider.System);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 7)]
    public async Task Payload_OfAnyLength_ReadsBackAndIsSealedAtRest(int length)
    {
        var content = Content(length);
        var payload = await StoreAsync(content);

        await using var opened = (await OpenAsync(payload)).Content!;

        Assert.Equal((length, Hash256.OfSha256(content)), (payload.Size, payload.Sha256));
        Assert.Equal(content, await ReadAsync(opened));
        var stored = await StoredAsync(payload);
        Assert.Equal(Name + length + (16 * Math.Max(1, (length + Chunk - 1) / Chunk)), stored.Length);
        Assert.True(length < 16 || !Contains(stored, content.AsSpan(0, 16)));
    }

    [Fact]
    public async Task Payload_AnyRange_IsTheSameAsOfTheContent()
    {
        var content = Content((2 * Chunk) + 100);
        var payload = await StoreAsync(content);
        await using var opened = (await OpenAsync(payload)).Content!;
        var ranges = Gen.Int[0, content.Length].Select(Gen.Int[0, content.Length], (a, b) => (First: Math.Min(a, b), After: Math.Max(a, b)));

        await ranges.SampleAsync(
            async range =>
            {
                opened.Seek(range.First, SeekOrigin.Begin);
                var read = new byte[range.After - range.First];
                await opened.ReadExactlyAsync(read);
                return read.AsSpan().SequenceEqual(content.AsSpan(range.First, read.Length));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Stage_SlowSource_GivesTheSameAsAFastOne()
    {
        var content = Content(Chunk + 500);
        await using var slow = new DribblingStream(content, 777);
        var payload = await _payloads.StageAsync("CN", slow, long.MaxValue);
        await _payloads.PublishAsync(payload);

        await using var opened = (await OpenAsync(payload)).Content!;

        Assert.Equal(content, await ReadAsync(opened));
    }

    [Fact]
    public async Task Stage_MoreThanAllowed_IsRefusedByThePlainLength()
    {
        using var fits = new MemoryStream(new byte[Chunk]);
        using var large = new MemoryStream(new byte[Chunk + 1]);

        Assert.Equal(Chunk, (await _payloads.StageAsync("CN", fits, Chunk)).Size);
        var refusal = await Assert.ThrowsAsync<PayloadTooLargeException>(() => _payloads.StageAsync("CN", large, Chunk));

        Assert.Equal(Chunk, refusal.MaxBytes);
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public async Task Stored_BeginsWithTheNameOfItsKey()
    {
        var payload = await StoreAsync(Content(10));

        Assert.Equal(payload.KeyId, SealedPayloads.KeyNameIn(await StoredAsync(payload)));
        Assert.Null(SealedPayloads.KeyNameIn(new byte[SealedPayloads.StartBytes]));
        Assert.Null(SealedPayloads.KeyNameIn([]));
    }

    [Fact]
    public async Task Discard_APayload_DestroysItsKey()
    {
        var payload = await StoreAsync(Content(10));

        await _payloads.DiscardAsync(payload);

        Assert.NotNull((await _keys.FindAsync(payload.KeyId)).ErasedAt);
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task Stage_SourceBreaksOff_DestroysTheKey()
    {
        var keys = new TakenKeys(_keys);
        await using var broken = new BrokenStream(1000);

        await Assert.ThrowsAnyAsync<IOException>(() => new SealedPayloads(_store, keys, TimeProvider.System).StageAsync("CN", broken, long.MaxValue));

        Assert.NotNull((await _keys.FindAsync(Assert.Single(keys.Taken))).ErasedAt);
    }

    [Fact]
    public async Task Open_AfterTheKeyWasErased_TellsWhen()
    {
        var payload = await StoreAsync(Content(10));
        await _keys.EraseAsync([payload.KeyId], DateTimeOffset.UnixEpoch);

        var opened = await OpenAsync(payload);

        Assert.Null(opened.Content);
        Assert.Equal(DateTimeOffset.UnixEpoch, opened.ErasedAt);
    }

    [Fact]
    public async Task Open_NoSuchPayloadOrKey_GivesNothing()
    {
        var payload = await StoreAsync(Content(10));

        Assert.Equal(default, await _payloads.OpenAsync("CN", new string('0', 32), payload.KeyId, 10));
        Assert.Equal(default, await _payloads.OpenAsync("CN", payload.Reference, "none", 10));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(Name, true)]
    [InlineData(Name + Chunk + 16 + 5, false)]
    [InlineData(Name + (2 * (Chunk + 16)) + 3, false)]
    public async Task Read_AByteOfTheStoredChanged_Fails(int at, bool atOpening)
    {
        var payload = await StoreAsync(Content((2 * Chunk) + 100));
        var stored = await StoredAsync(payload);
        stored[at] ^= 1;
        var changed = await ReplaceAsync(payload, stored);

        if (atOpening)
        {
            await Assert.ThrowsAsync<PayloadStoreException>(() => OpenAsync(changed));
            return;
        }

        await using var opened = (await OpenAsync(changed)).Content!;
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(opened));
    }

    [Fact]
    public async Task Read_ChunksExchanged_Fails()
    {
        var payload = await StoreAsync(Content(3 * Chunk));
        var stored = await StoredAsync(payload);
        const int length = Chunk + 16;
        var changed = await ReplaceAsync(payload, [.. stored[..(Name + length)], .. stored[(Name + (2 * length))..], .. stored[(Name + length)..(Name + (2 * length))]]);

        await using var opened = (await OpenAsync(changed)).Content!;

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(opened));
    }

    [Fact]
    public async Task Open_CutAtAChunk_IsFoundWhateverSizeIsClaimed()
    {
        var payload = await StoreAsync(Content(2 * Chunk));
        var cut = await ReplaceAsync(payload, (await StoredAsync(payload))[..(Name + Chunk + 16)]);

        await Assert.ThrowsAsync<PayloadStoreException>(() => OpenAsync(cut));
        await Assert.ThrowsAsync<PayloadStoreException>(() => OpenAsync(cut with { Size = Chunk }));
    }

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) ^ (i >> 8)))];

    private static bool Contains(ReadOnlySpan<byte> haystack, ReadOnlySpan<byte> needle) => haystack.IndexOf(needle) >= 0;

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private Task<OpenedPayload> OpenAsync(SealedPayload payload) => _payloads.OpenAsync("CN", payload.Reference, payload.KeyId, payload.Size);

    private async Task<SealedPayload> StoreAsync(byte[] content)
    {
        using var source = new MemoryStream(content);
        var payload = await _payloads.StageAsync("CN", source, long.MaxValue);
        await _payloads.PublishAsync(payload);
        return payload;
    }

    private async Task<byte[]> StoredAsync(SealedPayload payload)
    {
        await using var stored = (await _store.OpenAsync("CN", payload.Reference))!;
        return await ReadAsync(stored);
    }

    /// <summary>The same payload with other bytes at rest.</summary>
    private async Task<SealedPayload> ReplaceAsync(SealedPayload payload, byte[] stored)
    {
        using var source = new MemoryStream(stored);
        var replaced = await _store.StageAsync("CN", source, long.MaxValue);
        await _store.PublishAsync(replaced);
        return payload with { Stored = replaced };
    }

    /// <summary>Remembers what was taken.</summary>
    private sealed class TakenKeys(IValueKeyStore inner) : IValueKeyStore
    {
        public List<string> Taken { get; } = [];

        public async ValueTask<ValueKey> TakeAsync(CancellationToken cancellationToken = default)
        {
            var key = await inner.TakeAsync(cancellationToken);
            Taken.Add(key.Id);
            return key;
        }

        public Task<ValueKeyLookup> FindAsync(string id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

        public Task EraseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken = default) =>
            inner.EraseAsync(ids, at, cancellationToken);
    }
}
