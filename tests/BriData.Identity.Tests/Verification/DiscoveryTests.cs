using System.Net;
using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class DiscoveryTests
{
    private const string Document = World.KzIssuer + "/.well-known/openid-configuration";

    [Fact]
    public async Task Verify_IssuerDown_IsUnavailableAskedOncePerIntervalAndRecovers()
    {
        using var world = new World();
        world.Network.Down = true;
        var token = world.Token();
        await world.RefuseAsync("issuer_unavailable", token);
        await world.RefuseAsync("issuer_unavailable", token);
        Assert.Equal(1, world.Network.Discoveries);
        world.Network.Down = false;
        world.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        await world.RefuseAsync("issuer_unavailable", token);
        world.Time.Advance(TimeSpan.FromTicks(1));
        await world.AcceptAsync(token);
    }

    [Fact]
    public async Task Verify_IssuerDownLater_KnownKeysServeUpToTheMaximumAge()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token());
        world.Network.Down = true;
        world.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        await world.AcceptAsync(world.Token());
        Assert.Equal(2, world.Network.Discoveries);
        world.Time.Advance(TimeSpan.FromTicks(1));
        await world.RefuseAsync("issuer_unavailable", world.Token());
    }

    [Fact]
    public async Task Verify_SilentIssuer_IsUnavailableAfterTheTimeout()
    {
        using var world = new World();
        world.Network.Gate = new TaskCompletionSource();
        var waiting = world.VerifyAsync(world.Token());
        await world.Network.Reached.Task;
        Assert.False(waiting.IsCompleted);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("issuer_unavailable", (await waiting).Code);
    }

    [Fact]
    public async Task Verify_CallerStopsWaiting_TheFetchGoesOnForOthers()
    {
        using var world = new World();
        world.Network.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var impatient = new CancellationTokenSource();
        var first = world.Verifier.VerifyAsync(world.Token(), impatient.Token).AsTask();
        await world.Network.Reached.Task;
        var second = world.VerifyAsync(world.Token());
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        world.Network.Gate.SetResult();
        Assert.True((await second).IsRecognised);
        Assert.Equal(1, world.Network.Discoveries);
    }

    [Fact]
    public async Task Verify_64AtOnce_ShareOneDiscovery()
    {
        using var world = new World();
        world.Registry.Meeting = new Meeting(64);
        var token = world.Token();
        var all = Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.VerifyAsync(token))).ToArray();
        Assert.All(await Task.WhenAll(all), outcome => Assert.True(outcome.IsRecognised));
        Assert.Equal(64, world.Registry.Reads);
        Assert.Equal(1, world.Network.Discoveries);
        Assert.Equal(1, world.Verifier.Recognised.Count);
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example","jwks_uri":"https://id.example.kz/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example.kz/","jwks_uri":"https://id.example.kz/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example.kz","jwks_uri":"http://id.example.kz/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example.kz","jwks_uri":"http://127.0.0.1/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example.kz","jwks_uri":"file:///etc/passwd"}""")]
    [InlineData("""{"issuer":"https://id.example.kz"}""")]
    [InlineData("not json")]
    [InlineData("[]")]
    public async Task Verify_UnusableDocument_IsUnavailable(string document)
    {
        using var world = new World();
        world.Network.Serve(Document, document);
        await world.RefuseAsync("issuer_unavailable", world.Token());
        Assert.DoesNotContain(world.Network.Requests, address => !address.StartsWith("https://", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"kz-1","k":"AAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"kz-1","n":"!!","e":"AQAB"}]}""")]
    [InlineData("{")]
    public async Task Verify_NoUsableKey_IsUnavailable(string keys)
    {
        using var world = new World();
        world.Network.Serve(World.KzIssuer + "/jwks", keys);
        await world.RefuseAsync("issuer_unavailable", world.Token());
    }

    [Fact]
    public async Task Verify_Redirect_IsUnavailable()
    {
        using var world = new World();
        world.Network.Answer(Document, () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://elsewhere.example/") } });
        await world.RefuseAsync("issuer_unavailable", world.Token());
        Assert.Equal([Document], world.Network.Requests);
    }

    [Fact]
    public async Task Verify_OversizeDocument_IsUnavailable()
    {
        using var world = new World(options => options.MaximumMetadataBytes = 1024);
        world.Network.Serve(Document, $$"""{"issuer":"{{World.KzIssuer}}","jwks_uri":"{{World.KzIssuer}}/jwks","x":"{{new string('x', 1024)}}"}""");
        await world.RefuseAsync("issuer_unavailable", world.Token());
    }

    [Theory]
    [InlineData("http://localhost:9000", true, null)]
    [InlineData("http://127.0.0.1:9000", true, null)]
    [InlineData("http://localhost:9000", false, "issuer_unavailable")]
    [InlineData("http://id.example.kz", true, "issuer_unavailable")]
    [InlineData("http://localhost.example.kz", true, "issuer_unavailable")]
    public async Task Verify_PlainHttp_OnlyOnLoopbackWhereAllowed(string issuer, bool allowed, string? code)
    {
        using var world = new World(options => options.AllowInsecureLoopback = allowed);
        world.Registry.Register("KZ", issuer);
        world.Network.Publish(issuer, world.KzKey);
        Assert.Equal(code, (await world.VerifyAsync(world.Token(claims => claims["iss"] = issuer))).Code);
    }

    [Fact]
    public async Task Verify_AddressWithCredentials_IsUnavailable()
    {
        using var world = new World();
        var address = "https://user:word@id.example.kz/d";
        world.Registry.Register("KZ", new RegisteredIssuer(World.KzIssuer, address));
        world.Network.Serve(address, $$"""{"issuer":"{{World.KzIssuer}}","jwks_uri":"{{World.KzIssuer}}/jwks"}""");
        await world.RefuseAsync("issuer_unavailable", world.Token());
        Assert.Empty(world.Network.Requests);
    }

    [Fact]
    public async Task Verify_UnusableKeyBesideAGoodOne_IsLeftOut()
    {
        using var world = new World();
        var keys = $$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"AAAA"},{"kty":"EC","crv":"P-256","kid":"broken","x":"AA","y":"AA"},{{world.KzKey.Jwk.ToJsonString()}}]}""";
        world.Network.Serve(World.KzIssuer + "/jwks", keys);
        await world.AcceptAsync(world.Token());
        await world.RefuseAsync("token_signature", SigningKey.Es256("broken").Sign(world.Claims()));
    }
}
