using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class RegistryTests
{
    [Fact]
    public async Task Verify_IssuerOfAnotherCountry_IsNotRegistered()
    {
        using var world = new World();
        var forged = world.CnKey.Sign(world.Claims(claims => claims["iss"] = World.CnIssuer));
        await world.RefuseAsync("issuer_not_registered", forged);
        Assert.Empty(world.Network.Requests);
    }

    [Fact]
    public async Task Verify_UnregisteredIssuer_IsNotContacted()
    {
        using var world = new World();
        await world.RefuseAsync("issuer_not_registered", world.Token(claims => claims["iss"] = "https://169.254.169.254"));
        Assert.Empty(world.Network.Requests);
    }

    [Theory]
    [InlineData("https://id.example.kz/")]
    [InlineData("https://ID.example.kz")]
    public async Task Verify_IssuerAlmostAsRegistered_IsNotRegistered(string issuer)
    {
        using var world = new World();
        await world.RefuseAsync("issuer_not_registered", world.Token(claims => claims["iss"] = issuer));
    }

    [Fact]
    public async Task Verify_SameIssuerNameUnderAnotherAddress_DoesNotSpeakForTheFirst()
    {
        // CN registers KZ's issuer name with an address of its own: its keys count for CN, never for KZ.
        using var world = new World();
        var own = SigningKey.Es256("kz-1");
        world.Network.Serve("https://evil.example/d", $$"""{"issuer":"{{World.KzIssuer}}","jwks_uri":"https://evil.example/k"}""");
        world.Network.Serve("https://evil.example/k", $$"""{"keys":[{{own.Jwk.ToJsonString()}}]}""");
        world.Registry.Register("CN", new RegisteredIssuer(World.KzIssuer, "https://evil.example/d"));
        Assert.Equal("CN", (await world.AcceptAsync(own.Sign(world.Claims(claims => claims["country"] = "CN")))).Country);
        await world.RefuseAsync("token_signature", own.Sign(world.Claims()));
    }

    [Fact]
    public async Task Verify_RegisterCannotBeRead_IsUnavailableAndRecovers()
    {
        using var world = new World();
        var token = world.Token();
        world.Registry.Failure = new TimeoutException("no answer");
        await world.RefuseAsync("issuer_unavailable", token);
        world.Registry.Failure = null;
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Verify_CancelledByCaller_Throws()
    {
        using var world = new World();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Verifier.VerifyAsync(world.Token(), cancelled.Token));
    }

    [Fact]
    public async Task Invalidate_WithdrawnIssuer_IsRefusedAtOnce()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        world.Registry.Register("KZ", Array.Empty<string>());
        await world.AcceptAsync(token);
        world.Verifier.Invalidate(World.KzIssuer);
        await world.RefuseAsync("issuer_not_registered", token);
        world.Registry.Register("KZ", World.KzIssuer);
        world.Verifier.Invalidate(World.KzIssuer);
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Invalidate_RemovedKey_IsRefusedAtOnce()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        world.Network.Publish(World.KzIssuer, SigningKey.Es256("kz-2"));
        world.Verifier.Invalidate(World.KzIssuer);
        await world.RefuseAsync("token_signature", token);
    }

    [Fact]
    public async Task Invalidate_LeavesOtherIssuers()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        world.Verifier.Invalidate(World.CnIssuer);
        await world.AcceptAsync(token);
        Assert.Equal(1, world.Registry.Reads);
    }

    [Fact]
    public async Task Invalidate_DuringAVerification_LeavesNothingBehind()
    {
        using var world = new World();
        world.Network.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = world.Token();
        var underWay = world.VerifyAsync(token);
        await world.Network.Reached.Task;
        world.Registry.Register("KZ", Array.Empty<string>());
        world.Verifier.Invalidate(World.KzIssuer);
        world.Network.Gate.SetResult();
        Assert.True((await underWay).IsRecognised);
        await world.RefuseAsync("issuer_not_registered", token);
    }

    [Fact]
    public async Task Verify_WithdrawnIssuerWithoutInvalidate_IsRefusedAfterTheCacheLifetime()
    {
        using var world = new World();
        var token = world.Token();
        await world.AcceptAsync(token);
        world.Registry.Register("KZ", Array.Empty<string>());
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await world.RefuseAsync("issuer_not_registered", token);
    }
}
