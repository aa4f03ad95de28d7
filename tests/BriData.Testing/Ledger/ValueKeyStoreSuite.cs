using BriData.Ledger.Erasure;
using Xunit;

namespace BriData.Testing.Ledger;

/// <summary>What every <see cref="IValueKeyStore"/> does. Derive, and give an empty store for each test.</summary>
public abstract class ValueKeyStoreSuite
{
    private static readonly DateTimeOffset At = new(2026, 6, 15, 8, 30, 0, 125, TimeSpan.Zero);

    /// <summary>An empty store. The deriving class disposes of it after the test.</summary>
    protected abstract Task<IValueKeyStore> CreateAsync();

    [Fact]
    public async Task Take_ManyTimesAtOnce_GivesEachKeyOnce()
    {
        var store = await CreateAsync();

        var keys = await Task.WhenAll(Enumerable.Range(0, 3000).Select(_ => Task.Run(async () => await store.TakeAsync())));

        Assert.Equal(keys.Length, keys.Select(k => k.Id).Distinct().Count());
        Assert.Equal(2, keys.Take(2).Select(k => Convert.ToHexString(SealedValue.Seal(k, [], [])[13..])).Distinct().Count());
    }

    [Fact]
    public async Task Find_Taken_GivesTheSameKey()
    {
        var store = await CreateAsync();
        var key = await store.TakeAsync();

        var found = await store.FindAsync(key.Id);

        Assert.Null(found.ErasedAt);
        Assert.Equal("text"u8.ToArray(), SealedValue.Open(found.Key!, SealedValue.Seal(key, "text"u8, "x"u8), "x"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; DROP TABLE value_keys;")]
    public async Task Find_NameNeverGivenOut_IsUnknownAndNotErased(string id)
    {
        var store = await CreateAsync();
        await store.TakeAsync();
        await store.EraseAsync([id], At);

        Assert.Equal(default, await store.FindAsync(id));
    }

    [Fact]
    public async Task Erase_SomeKeys_TellsWhenAndLeavesTheOthers()
    {
        var store = await CreateAsync();
        var (first, second, third) = (await store.TakeAsync(), await store.TakeAsync(), await store.TakeAsync());

        await store.EraseAsync([first.Id, third.Id], At);

        Assert.Equal(new ValueKeyLookup(null, At), await store.FindAsync(first.Id));
        Assert.Equal(new ValueKeyLookup(null, At), await store.FindAsync(third.Id));
        Assert.NotNull((await store.FindAsync(second.Id)).Key);
    }

    [Fact]
    public async Task Erase_Again_KeepsTheFirstInstant()
    {
        var store = await CreateAsync();
        var key = await store.TakeAsync();
        await store.EraseAsync([key.Id, key.Id], At);

        await store.EraseAsync([key.Id], At.AddDays(1));

        Assert.Equal(At, (await store.FindAsync(key.Id)).ErasedAt);
    }
}
