using BriData.Identity.Caching;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Identity.Tests.Caching;

public sealed class TokenCacheTests
{
    private static readonly CallerVerification Outcome = CallerVerification.Refused(new CallerFailure("code", "text"));
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Add_Full_DropsWhatWasNotReadSinceTheHandPassed()
    {
        var cache = Cache(3, 1000);
        Add(cache, "a");
        Add(cache, "b");
        Add(cache, "c");
        Assert.True(cache.TryGet("a", out _));
        Assert.True(cache.TryGet("c", out _));
        Add(cache, "d");
        Assert.False(cache.TryGet("b", out _));
        Assert.True(cache.TryGet("a", out _));
        Assert.True(cache.TryGet("c", out _));
        Assert.True(cache.TryGet("d", out _));
    }

    [Fact]
    public void Add_FullAndAllRead_StillMakesRoom()
    {
        var cache = Cache(3, 1000);
        foreach (var token in new[] { "a", "b", "c" })
        {
            Add(cache, token);
            Assert.True(cache.TryGet(token, out _));
        }

        Add(cache, "d");
        Assert.True(cache.TryGet("d", out _));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Add_TooManyCharacters_DropsUntilItFits()
    {
        var cache = Cache(100, 10);
        Add(cache, "aaaa");
        Add(cache, "bbbb");
        Add(cache, "cccccccc");
        Assert.True(cache.TryGet("cccccccc", out _));
        Assert.Equal((1, 8L), (cache.Count, cache.Characters));
        Add(cache, "ddddddddddd");
        Assert.False(cache.TryGet("ddddddddddd", out _));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void TryGet_AtTheLimit_IsForgotten()
    {
        var cache = Cache(3, 1000);
        Add(cache, "a", seconds: 5);
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGet("a", out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public void Add_FullWithExpiredReadEntry_DropsTheExpired()
    {
        var cache = Cache(2, 1000);
        Add(cache, "expires", seconds: 1);
        Add(cache, "kept", seconds: 100);
        Assert.True(cache.TryGet("kept", out _));
        Assert.True(cache.TryGet("expires", out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(cache, "new");
        Assert.True(cache.TryGet("kept", out _));
        Assert.True(cache.TryGet("new", out _));
    }

    [Fact]
    public void RemoveIssuer_BarsWhatWasBegunBefore()
    {
        var cache = Cache(3, 1000);
        var epoch = cache.Epoch;
        Add(cache, "mine");
        Add(cache, "other", issuer: "b");
        Assert.Equal(1, cache.RemoveIssuer("a"));
        cache.Add(Entry("late", 60, "a"), epoch);
        Assert.False(cache.TryGet("mine", out _));
        Assert.False(cache.TryGet("late", out _));
        Assert.True(cache.TryGet("other", out _));
    }

    [Fact]
    public void Add_AnySequence_KeepsTheBoundsAndTheCounts() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 40], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 15]).Array[0, 80]).Sample((capacity, characters, steps) =>
        {
            var cache = Cache(capacity, characters);
            foreach (var (action, number) in steps)
            {
                var token = new string((char)('a' + number), 1 + (number % 9));
                switch (action)
                {
                    case 0:
                        cache.TryGet(token, out _);
                        break;
                    case 1:
                        cache.RemoveIssuer(number % 2 == 0 ? "a" : "b");
                        break;
                    default:
                        Add(cache, token, issuer: number % 2 == 0 ? "a" : "b");
                        Assert.Equal(token.Length <= characters, cache.TryGet(token, out _));
                        break;
                }

                var present = Enumerable.Range(0, 16).Select(n => new string((char)('a' + n), 1 + (n % 9))).Where(t => cache.TryGet(t, out _)).ToArray();
                Assert.Equal(present.Length, cache.Count);
                Assert.Equal(present.Sum(t => (long)t.Length), cache.Characters);
                Assert.True(cache.Count <= capacity && cache.Characters <= characters);
            }
        }, threads: 1, iter: 500);

    [Fact]
    public void TailComparer_SameTail_IsEqualOnlyIfTheWholeIs()
    {
        var comparer = new TokenTailComparer();
        var tail = new string('t', 60);
        Assert.Equal(comparer.GetHashCode("a" + tail), comparer.GetHashCode("b" + tail));
        Assert.False(comparer.Equals("a" + tail, "b" + tail));
        Assert.True(comparer.Equals("a" + tail, string.Concat("a", tail)));
    }

    private TokenCache Cache(int capacity, long characters) => new(capacity, characters, StringComparer.Ordinal, _time);

    private TokenCacheEntry Entry(string token, int seconds, string issuer) => new(token, issuer, Outcome, _time.GetUtcNow().AddSeconds(seconds));

    private void Add(TokenCache cache, string token, int seconds = 60, string issuer = "a") => cache.Add(Entry(token, seconds, issuer), cache.Epoch);
}
