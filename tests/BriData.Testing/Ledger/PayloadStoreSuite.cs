using BriData.Ledger;
using BriData.Ledger.Payloads;
using Xunit;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="IPayloadStore"/> does. Derive, and give an empty store for each test.</summary>
public abstract class PayloadStoreSuite
{
    private const string Jurisdiction = "CN-FTZ-SHANGHAI";

    /// <summary>An empty store. The deriving class disposes of it after the test.</summary>
    protected abstract Task<IPayloadStore> CreateAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_001)]
    public async Task Stage_Content_IsMeasuredHashedAndInvisible(int length)
    {
        var store = await CreateAsync();
        var content = Content(length);

        var staged = await StageAsync(store, content);

        Assert.Equal(Jurisdiction, staged.Jurisdiction);
        Assert.Equal(length, staged.Size);
        Assert.Equal(Hash256.OfSha256(content), staged.Sha256);
        Assert.Null(await store.OpenAsync(Jurisdiction, staged.Reference));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_001)]
    public async Task Publish_Staged_IsReadableAndSeekable(int length)
    {
        var store = await CreateAsync();
        var content = Content(length);
        var staged = await StageAsync(store, content);

        await store.PublishAsync(staged);

        await using var stream = await store.OpenAsync(Jurisdiction, staged.Reference);
        Assert.NotNull(stream);
        Assert.True(stream.CanSeek);
        Assert.False(stream.CanWrite);
        Assert.Equal(length, stream.Length);
        Assert.Equal(content, await ReadAsync(stream));
        stream.Position = length / 2;
        Assert.Equal(content[(length / 2)..], await ReadAsync(stream));
    }

    [Fact]
    public async Task Publish_TwiceAndFromARecord_IsIdempotent()
    {
        var store = await CreateAsync();
        var staged = await StageAsync(store, Content(10));

        await store.PublishAsync(staged with { });
        await store.PublishAsync(staged);

        await using var stream = await store.OpenAsync(Jurisdiction, staged.Reference);
        Assert.Equal(Content(10), await ReadAsync(stream!));
    }

    [Fact]
    public async Task Publish_Discarded_IsRefused()
    {
        var store = await CreateAsync();
        var staged = await StageAsync(store, Content(10));
        await store.DiscardAsync(staged);

        var refusal = await Assert.ThrowsAsync<PayloadStoreException>(() => store.PublishAsync(staged));

        Assert.False(refusal.StorageFull);
        Assert.Null(await store.OpenAsync(Jurisdiction, staged.Reference));
    }

    [Fact]
    public async Task Discard_Twice_IsIdempotent()
    {
        var store = await CreateAsync();
        var staged = await StageAsync(store, Content(10));

        await store.DiscardAsync(staged);
        await store.DiscardAsync(staged);

        Assert.Null(await store.OpenAsync(Jurisdiction, staged.Reference));
    }

    [Fact]
    public async Task Discard_Published_IsGone()
    {
        var store = await CreateAsync();
        var staged = await StageAsync(store, Content(10));
        await store.PublishAsync(staged);

        await store.DiscardAsync(staged);

        Assert.Null(await store.OpenAsync(Jurisdiction, staged.Reference));
    }

    [Fact]
    public async Task Stage_ExactlyTheLimit_IsAccepted()
    {
        var store = await CreateAsync();

        using var content = new MemoryStream(Content(1000));

        Assert.Equal(1000, (await store.StageAsync(Jurisdiction, content, 1000)).Size);
    }

    [Theory]
    [InlineData(1001, 1000)]
    [InlineData(500_000, 100_000)]
    [InlineData(1, 0)]
    public async Task Stage_MoreThanTheLimit_IsTooLarge(int length, long limit)
    {
        var store = await CreateAsync();
        using var content = new MemoryStream(Content(length));

        var refusal = await Assert.ThrowsAsync<PayloadTooLargeException>(() => store.StageAsync(Jurisdiction, content, limit));

        Assert.Equal(limit, refusal.MaxBytes);
    }

    [Fact]
    public async Task Stage_SourceFails_PassesTheFailureOnAndStoreGoesOn()
    {
        var store = await CreateAsync();
        await using var broken = new BrokenStream(70_000);

        await Assert.ThrowsAsync<EndOfStreamException>(() => store.StageAsync(Jurisdiction, broken, long.MaxValue));

        Assert.Equal(10, (await StageAsync(store, Content(10))).Size);
    }

    [Fact]
    public async Task Stage_SameContentTwice_GivesTwoUnguessableReferences()
    {
        var store = await CreateAsync();
        var first = await StageAsync(store, Content(10));
        var second = await StageAsync(store, Content(10));

        await store.PublishAsync(first);

        Assert.NotEqual(first.Reference, second.Reference);
        Assert.True(first.Reference.Length >= 20);
        Assert.Null(await store.OpenAsync(Jurisdiction, second.Reference));
    }

    [Fact]
    public async Task Open_OtherJurisdiction_IsNull()
    {
        var store = await CreateAsync();
        var staged = await StageAsync(store, Content(10));
        await store.PublishAsync(staged);

        Assert.Null(await store.OpenAsync("CN", staged.Reference));
        Assert.Null(await store.OpenAsync("KZ", staged.Reference));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task Open_ReferenceNeverGivenOut_IsNull(string reference)
    {
        var store = await CreateAsync();
        await store.PublishAsync(await StageAsync(store, Content(1)));

        Assert.Null(await store.OpenAsync(Jurisdiction, reference));
        Assert.Null(await store.OpenAsync("../" + Jurisdiction, reference));
    }

    [Theory]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("cn")]
    [InlineData("../CN")]
    [InlineData("CN/..")]
    [InlineData("CN.X")]
    [InlineData("-CN")]
    public async Task Stage_NotAJurisdiction_IsArgumentException(string jurisdiction)
    {
        var store = await CreateAsync();
        using var content = new MemoryStream(Content(1));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.StageAsync(jurisdiction, content, 10));
    }

    [Fact]
    public async Task Stage_ManyAtOnce_KeepsEachWhole()
    {
        var store = await CreateAsync();

        var staged = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
        {
            var payload = await StageAsync(store, Content(10_000 + n));
            await store.PublishAsync(payload);
            return payload;
        })));

        for (var n = 0; n < staged.Length; n++)
        {
            await using var stream = await store.OpenAsync(Jurisdiction, staged[n].Reference);
            Assert.Equal(Content(10_000 + n), await ReadAsync(stream!));
        }
    }

    private static byte[] Content(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8) + length);
        }

        return bytes;
    }

    private static async Task<StagedPayload> StageAsync(IPayloadStore store, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await store.StageAsync(Jurisdiction, stream, long.MaxValue);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
