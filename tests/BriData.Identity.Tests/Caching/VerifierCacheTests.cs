using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Caching;

public sealed class VerifierCacheTests
{
    [Fact]
    public async Task Verify_RememberedToken_AsksNobodyAndSharesTheIdentity()
    {
        using var world = new World();
        var token = world.Token();
        var first = await world.AcceptAsync(token);
        world.Network.Down = true;
        world.Registry.Failure = new InvalidOperationException();
        var again = world.Verifier.VerifyAsync(new string(token.AsSpan()));
        Assert.True(again.IsCompletedSuccessfully);
        Assert.Same(first, (await again).Identity);
        Assert.Equal(1, world.Registry.Reads);
        Assert.Equal(2, world.Network.Requests.Count);
    }

    [Fact]
    public async Task Verify_RememberedToken_AllocatesNothing()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        var recognised = Hits(world.Verifier, token, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        recognised += Hits(world.Verifier, token, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, recognised);
    }

    [Fact]
    public async Task Verify_SameSignatureOtherContent_IsNotTheRememberedToken()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        var forged = world.Token(claims => claims["sub"] = "officer-8");
        await world.RefuseAsync("token_signature", forged[..forged.LastIndexOf('.')] + token[token.LastIndexOf('.')..]);
    }

    [Fact]
    public async Task Verify_Refusal_IsRememberedForFiveSeconds()
    {
        using var world = new World();
        var token = world.Token();
        world.Registry.Register("KZ", Array.Empty<string>());
        await world.RefuseAsync("issuer_not_registered", token);
        world.Registry.Register("KZ", World.KzIssuer);
        world.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        await world.RefuseAsync("issuer_not_registered", token);
        Assert.Equal(1, world.Registry.Reads);
        world.Time.Advance(TimeSpan.FromTicks(1));
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Verify_MoreTokensThanFit_StaysWithinBothBounds()
    {
        using var world = new World(options =>
        {
            options.TokenCacheEntries = 8;
            options.RefusalCacheEntries = 4;
        });
        for (var i = 0; i < 30; i++)
        {
            await world.AcceptAsync(world.Token());
            await world.RefuseAsync("audience_invalid", world.Token(claims => claims["aud"] = "other"));
        }

        Assert.Equal(8, world.Verifier.Recognised.Count);
        Assert.Equal(4, world.Verifier.Refused.Count);
    }

    [Fact]
    public async Task Verify_ManyRefusals_DoNotDisplaceRecognisedTokens()
    {
        using var world = new World(options => options.RefusalCacheEntries = 2);
        var token = world.Token();
        await world.AcceptAsync(token);
        for (var i = 0; i < 10; i++)
        {
            await world.RefuseAsync("token_signature", SigningKey.Es256("kz-1").Sign(world.Claims()));
        }

        var reads = world.Registry.Reads;
        await world.AcceptAsync(token);
        Assert.Equal(reads, world.Registry.Reads);
    }

    [Fact]
    public async Task Verify_ManyTokensAtOnceWithEvictionAndInvalidation_EachGetsItsOwnIdentity()
    {
        using var world = new World(options => options.TokenCacheEntries = 16);
        var tokens = Enumerable.Range(0, 48).Select(i => world.Token(claims => claims["sub"] = $"officer-{i}")).ToArray();
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, async (turn, _) =>
        {
            var i = turn * 31 % tokens.Length;
            Assert.Equal($"officer-{i}", (await world.AcceptAsync(tokens[i])).Subject);
            if (turn % 100 == 0)
            {
                world.Verifier.Invalidate(World.KzIssuer);
            }
        });
        Assert.InRange(world.Verifier.Recognised.Count, 0, 16);
    }

    private static int Hits(TokenVerifier verifier, string token, int times)
    {
        var recognised = 0;
        for (var i = 0; i < times; i++)
        {
            var hit = verifier.VerifyAsync(token);
            recognised += hit.IsCompletedSuccessfully && hit.Result.IsRecognised ? 1 : 0;
        }

        return recognised;
    }
}
