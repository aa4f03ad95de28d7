using BriData.Ledger;
using BriData.Ledger.Documents;
using Xunit;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="IDocumentStore"/> does. Derive, and give an empty store for each test.</summary>
public abstract class DocumentStoreSuite
{
    /// <summary>An empty store. The deriving class disposes of it after the test.</summary>
    protected abstract Task<IDocumentStore> CreateAsync();

    [Fact]
    public async Task Put_Document_IsReadBackByItsHash()
    {
        var store = await CreateAsync();
        var document = "rule pack"u8.ToArray();

        var digest = await store.PutAsync(document);

        Assert.Equal(Hash256.OfSha256(document), digest);
        Assert.Equal(document, (await store.GetAsync(digest))?.ToArray());
    }

    [Fact]
    public async Task Get_UnknownHash_IsNull()
    {
        var store = await CreateAsync();
        await store.PutAsync("one"u8.ToArray());

        Assert.Null(await store.GetAsync(Hash256.OfSha256("two"u8)));
    }

    [Fact]
    public async Task Put_EmptyDocument_IsReadBackEmptyNotNull()
    {
        var store = await CreateAsync();

        var read = await store.GetAsync(await store.PutAsync(ReadOnlyMemory<byte>.Empty));

        Assert.NotNull(read);
        Assert.Equal(0, read.Value.Length);
    }

    [Fact]
    public async Task Put_SameBytesAgain_IsNoOp()
    {
        var store = await CreateAsync();
        var document = "again"u8.ToArray();

        var digests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.PutAsync(document))));

        Assert.Single(digests.Distinct());
        Assert.Equal(document, (await store.GetAsync(digests[0]))?.ToArray());
    }

    [Fact]
    public async Task Put_CallerReusesBufferAfterwards_StoredBytesStay()
    {
        var store = await CreateAsync();
        var document = "buffer"u8.ToArray();

        var digest = await store.PutAsync(document);
        Array.Clear(document);

        Assert.Equal("buffer"u8.ToArray(), (await store.GetAsync(digest))?.ToArray());
    }

    [Fact]
    public async Task Put_LargestDocument_IsReadBack()
    {
        var store = await CreateAsync();
        var document = new byte[IDocumentStore.MaxBytes];
        document[^1] = 1;

        var read = await store.GetAsync(await store.PutAsync(document));

        Assert.True(read!.Value.Span.SequenceEqual(document));
    }

    [Fact]
    public async Task Put_TooLarge_IsRefusedAndNotStored()
    {
        var store = await CreateAsync();
        var document = new byte[IDocumentStore.MaxBytes + 1];

        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.PutAsync(document));

        Assert.Null(await store.GetAsync(Hash256.OfSha256(document)));
    }
}
