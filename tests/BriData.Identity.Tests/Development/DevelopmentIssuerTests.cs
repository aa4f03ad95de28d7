using System.Text.Json.Nodes;
using BriData.Identity.Development;
using BriData.Identity.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Identity.Tests.Development;

public sealed class DevelopmentIssuerTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-identity-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero));

    private string KeyFile => Path.Combine(_directory, "keys", "dev-issuers", "kz.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Issue_Token_IsAcceptedThroughDiscovery()
    {
        using var world = new World(options => options.AllowInsecureLoopback = true);
        var issuers = Issuers();
        Serve(world, issuers);
        var identity = await world.AcceptAsync(issuers.Issue("KZ", "customs", CallerRoles.Agency | CallerRoles.Admin, "aigerim", Hour));
        Assert.Equal(
            new CallerIdentity("KZ", "KZ/customs", CallerRoles.Agency | CallerRoles.Admin, "aigerim", "http://localhost:5080/dev/issuers/kz", _time.GetUtcNow() + Hour),
            identity);
    }

    [Fact]
    public async Task Issue_AfterRotation_OldAndNewTokensAreAccepted()
    {
        using var world = new World(options => options.AllowInsecureLoopback = true);
        var issuers = Issuers();
        Serve(world, issuers);
        await world.AcceptAsync(issuers.Issue("KZ", "customs", CallerRoles.Agency, "aigerim", Hour));
        var old = issuers.Issue("KZ", "customs", CallerRoles.Agency, "aigerim", Hour);
        issuers["KZ"].Rotate();
        Serve(world, issuers);
        await world.AcceptAsync(issuers.Issue("KZ", "customs", CallerRoles.Agency, "aigerim", Hour));
        await world.AcceptAsync(old);
        issuers["KZ"].Rotate();
        Serve(world, issuers);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.AcceptAsync(issuers.Issue("KZ", "customs", CallerRoles.Agency, "aigerim", Hour));
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await world.RefuseAsync("token_signature", old);
    }

    [Fact]
    public void Keys_SurviveARestart()
    {
        var before = Issuers()["KZ"];
        before.Rotate();
        var after = Issuers()["KZ"];
        Assert.Equal(before.CurrentKeyId, after.CurrentKeyId);
        Assert.Equal(before.Jwks, after.Jwks);
        Assert.Equal(2, KeyIds(after).Length);
    }

    [Fact]
    public void Rotate_KeepsThePreviousKeyUntilItsTokensExpired()
    {
        var issuer = Issuers()["KZ"];
        var first = issuer.CurrentKeyId;
        issuer.Rotate();
        var second = issuer.CurrentKeyId;
        Assert.Equal([second, first], KeyIds(issuer));
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal([second, first], KeyIds(issuer));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([second], KeyIds(issuer));
        issuer.Rotate();
        issuer.Rotate();
        Assert.Equal(2, KeyIds(issuer).Length);
        Assert.DoesNotContain(second, KeyIds(issuer));
    }

    [Fact]
    public void KeyFile_IsTheOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are of Unix.");
        var issuer = Issuers()["KZ"];
        AssertMode();
        issuer.Rotate();
        AssertMode();
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));

        void AssertMode()
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
            }
        }
    }

    [Fact]
    public void KeyFile_OpenToOthers_IsRefusedUntilPutRight()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are of Unix.");
        _ = Issuers()["KZ"];
        if (!OperatingSystem.IsWindows())
        {
            var again = Issuers();
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Throws<InvalidDataException>(() => again["KZ"]);
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.Equal("KZ", again["KZ"].Country);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"country":"KZ","keys":[{"pkcs8":"AAAA","createdAt":"2026-06-15T08:00:00+00:00"}]}""")]
    [InlineData("""{"version":1,"country":"CN","keys":[{"pkcs8":"AAAA","createdAt":"2026-06-15T08:00:00+00:00"}]}""")]
    [InlineData("""{"version":1,"country":"KZ","keys":[{"pkcs8":"AAAA","createdAt":"2026-06-15T08:00:00+00:00"}]}""")]
    [InlineData("""{"version":1,"country":"KZ","keys":[]}""")]
    public void KeyFile_Damaged_IsRefusedAndKept(string content)
    {
        _ = Issuers()["KZ"];
        File.WriteAllText(KeyFile, content);
        Assert.Throws<InvalidDataException>(() => Issuers()["KZ"]);
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    [Fact]
    public async Task Create_ManyProcessesAtOnce_AllGetTheSameKey()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Issuers()["KZ"].CurrentKeyId)));
        Assert.Single(ids.Distinct());
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public void Countries_HaveKeysAndIssuersOfTheirOwn()
    {
        var issuers = Issuers();
        Assert.NotEqual(issuers["KZ"].CurrentKeyId, issuers["CN"].CurrentKeyId);
        Assert.Equal(
            new RegisteredIssuer("http://localhost:5080/dev/issuers/cn", "http://localhost:5080/dev/issuers/cn/.well-known/openid-configuration"),
            issuers.Registration("CN"));
        Assert.Throws<ArgumentException>(() => issuers["../x"]);
        Assert.Throws<ArgumentException>(() => issuers["kz"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86_401)]
    public void Issue_LifetimeOutOfRange_Throws(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Issuers().Issue("KZ", null, CallerRoles.Auditor, "a", TimeSpan.FromSeconds(seconds)));

    private static string[] KeyIds(DevelopmentIssuer issuer) =>
        [.. JsonNode.Parse(issuer.Jwks)!["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>())];

    private static void Serve(World world, DevelopmentIssuers issuers)
    {
        var registration = issuers.Registration("KZ");
        world.Registry.Register("KZ", registration);
        world.Network.Serve(registration.MetadataAddress, issuers["KZ"].DiscoveryDocument(issuers.BaseUrl));
        world.Network.Serve(registration.Issuer + "/jwks.json", issuers["KZ"].Jwks);
    }

    private DevelopmentIssuers Issuers() => new(Options.Create(new DevelopmentIssuerOptions { DataDirectory = _directory }), _time);
}
