using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class RollOverTests
{
    private readonly SigningKey _next = SigningKey.Es256("kz-2");

    [Fact]
    public async Task Verify_NewKey_IsAcceptedAfterOneRefresh()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        world.Network.Publish(World.KzIssuer, world.KzKey, _next);
        await world.AcceptAsync(_next.Sign(world.Claims()));
        await world.AcceptAsync(_next.Sign(world.Claims()));
        await world.AcceptAsync(world.Token());
        Assert.Equal(2, world.Network.Discoveries);
    }

    [Fact]
    public async Task Verify_RemovedKey_IsRefusedOnceTheRememberedTokenIsForgotten()
    {
        using var world = new World();
        var old = world.Token();
        await world.AcceptAsync(old);
        world.Network.Publish(World.KzIssuer, _next);
        await world.AcceptAsync(_next.Sign(world.Claims()));
        await world.AcceptAsync(old);
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await world.RefuseAsync("token_signature", old);
        await world.RefuseAsync("token_signature", world.Token());
    }

    [Fact]
    public async Task Verify_RemovedKeyWithoutANewOne_IsRefusedAfterTheRefreshInterval()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        world.Network.Publish(World.KzIssuer, _next);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.RefuseAsync("token_signature", world.Token());
    }

    [Fact]
    public async Task Verify_ManyUnknownKeys_CauseOneRefreshPerInterval()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        for (var i = 0; i < 20; i++)
        {
            await world.RefuseAsync("token_signature", SigningKey.Es256($"unknown-{i}").Sign(world.Claims()));
        }

        Assert.Equal(2, world.Network.Discoveries);
        world.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        await world.RefuseAsync("token_signature", SigningKey.Es256("unknown").Sign(world.Claims()));
        Assert.Equal(2, world.Network.Discoveries);
        world.Time.Advance(TimeSpan.FromTicks(1));
        await world.RefuseAsync("token_signature", SigningKey.Es256("unknown").Sign(world.Claims()));
        Assert.Equal(3, world.Network.Discoveries);
    }

    [Fact]
    public async Task Verify_NewKey64AtOnce_ShareOneRefresh()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        world.Network.Publish(World.KzIssuer, world.KzKey, _next);
        world.Registry.Meeting = new Meeting(64);
        var all = Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.VerifyAsync(_next.Sign(world.Claims())))).ToArray();
        Assert.All(await Task.WhenAll(all), outcome => Assert.True(outcome.IsRecognised));
        Assert.Equal(2, world.Network.Discoveries);
    }

    [Fact]
    public async Task Verify_UnknownKeyDuringTheInterval_IsAcceptedAsSoonAsItIsOver()
    {
        using var world = new World();
        await world.RefuseAsync("token_signature", SigningKey.Es256("unknown").Sign(world.Claims()));
        world.Network.Publish(World.KzIssuer, world.KzKey, _next);
        var token = _next.Sign(world.Claims());
        world.Time.Advance(TimeSpan.FromSeconds(3));
        await world.RefuseAsync("token_signature", token);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Refresh_SeenKeysAreNoLongerCurrent_GivesTheCurrentWithoutAFetch()
    {
        using var world = new World();
        var source = world.KeySource();
        var seen = await source.GetAsync(CancellationToken.None);
        Assert.NotNull(seen);
        var current = await source.RefreshAsync(seen, CancellationToken.None);
        Assert.NotSame(seen, current);
        Assert.Same(current, await source.RefreshAsync(seen, CancellationToken.None));
        Assert.Equal(2, world.Network.Discoveries);
    }

    [Fact]
    public async Task Verify_UnknownKeyWhileTheIssuerIsDown_IsUnavailable()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        world.Network.Down = true;
        var token = _next.Sign(world.Claims());
        await world.RefuseAsync("issuer_unavailable", token);
        await world.AcceptAsync(world.Token());
        world.Network.Down = false;
        world.Network.Publish(World.KzIssuer, _next);
        await world.RefuseAsync("issuer_unavailable", token);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.AcceptAsync(token);
    }
}
