using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class LifetimeTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Verify_LastTickBeforeExpiryPlusSkew_IsRecognised()
    {
        using var world = new World();
        var token = world.Token();
        world.Time.Advance(TimeSpan.FromHours(1) + Skew - Tick);
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Verify_ExactlyAtExpiryPlusSkew_IsExpired()
    {
        using var world = new World();
        var token = world.Token();
        world.Time.Advance(TimeSpan.FromHours(1) + Skew);
        await world.RefuseAsync("token_expired", token);
    }

    [Fact]
    public async Task Verify_RememberedTokenAtExpiryPlusSkew_IsExpired()
    {
        using var world = new World(options => options.TokenCacheLifetime = TimeSpan.FromHours(24));
        var token = world.Token();
        await world.AcceptAsync(token);
        world.Time.Advance(TimeSpan.FromHours(1) + Skew - Tick);
        await world.AcceptAsync(token);
        Assert.Equal(1, world.Registry.Reads);
        world.Time.Advance(Tick);
        await world.RefuseAsync("token_expired", token);
    }

    [Fact]
    public async Task Verify_NotBeforeWithinSkew_IsRecognised()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token(claims => claims["nbf"] = world.Now + 30));
    }

    [Fact]
    public async Task Verify_NotBeforePastSkew_IsNotYetValidThenRecognised()
    {
        using var world = new World();
        var token = world.Token(claims => claims["nbf"] = world.Now + 31);
        await world.RefuseAsync("token_not_yet_valid", token);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.AcceptAsync(token);
    }

    [Theory]
    [InlineData(86_400, null)]
    [InlineData(86_401, "claims_invalid")]
    public async Task Verify_LifeFromIssue_IsBounded(int seconds, string? code)
    {
        using var world = new World();
        var outcome = await world.VerifyAsync(world.Token(claims => claims["exp"] = world.Now + seconds));
        Assert.Equal(code, outcome.Code);
    }

    [Theory]
    [InlineData(86_430, null)]
    [InlineData(86_431, "claims_invalid")]
    public async Task Verify_LifeFromNowWithoutIssueTime_IsBounded(int seconds, string? code)
    {
        using var world = new World();
        var outcome = await world.VerifyAsync(world.Token(claims =>
        {
            claims.Remove("iat");
            claims["exp"] = world.Now + seconds;
        }));
        Assert.Equal(code, outcome.Code);
    }

    [Theory]
    [InlineData(100_000L)]
    [InlineData(long.MaxValue)]
    public async Task Verify_IssueTimeInTheFuture_DoesNotStretchTheLife(long expiresIn)
    {
        using var world = new World();
        await world.RefuseAsync("claims_invalid", world.Token(claims =>
        {
            claims["iat"] = world.Now + 50_000;
            claims["exp"] = expiresIn == long.MaxValue ? expiresIn : world.Now + expiresIn;
        }));
    }
}
