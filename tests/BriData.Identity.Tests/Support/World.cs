using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using BriData.Identity.Discovery;
using BriData.Identity.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BriData.Identity.Tests.Support;

/// <summary>A verifier as a host registers it, with two countries, one issuer each, a network and a clock of the test's own.</summary>
internal sealed class World : IDisposable
{
    public const string KzIssuer = "https://id.example.kz";
    public const string CnIssuer = "https://id.example.cn";

    private readonly ServiceProvider _services;

    public World(Action<IdentityOptions>? configure = null)
    {
        Registry.Register("KZ", KzIssuer);
        Registry.Register("CN", CnIssuer);
        Network.Publish(KzIssuer, KzKey);
        Network.Publish(CnIssuer, CnKey);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IIssuerRegistry>(Registry);
        services.AddBriDataIdentity(configure);
        services.AddHttpClient(IdentityOptions.DiscoveryClientName).ConfigurePrimaryHttpMessageHandler(() => Network);
        _services = services.BuildServiceProvider();
        Verifier = _services.GetRequiredService<TokenVerifier>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero));

    public FakeRegistry Registry { get; } = new();

    public FakeDiscovery Network { get; } = new();

    public SigningKey KzKey { get; } = SigningKey.Es256("kz-1");

    public SigningKey CnKey { get; } = SigningKey.Es256("cn-1");

    public TokenVerifier Verifier { get; }

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Claims of a customs officer of KZ, good for one hour.</summary>
    public JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = KzIssuer,
            ["aud"] = "bridata",
            ["sub"] = "officer-7",
            ["country"] = "KZ",
            ["agency"] = "customs",
            ["roles"] = new JsonArray("agency"),
            ["iat"] = Now,
            ["exp"] = Now + 3600,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        change?.Invoke(claims);
        return claims;
    }

    public string Token(Action<JsonObject>? change = null, Action<JsonObject>? header = null) => KzKey.Sign(Claims(change), header);

    /// <summary>A key source of KZ's issuer of its own, apart from the verifier's.</summary>
    public IssuerKeySource KeySource()
    {
        var options = _services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        var issuer = new RegisteredIssuer(KzIssuer, $"{KzIssuer}/.well-known/openid-configuration");
        var documents = new DiscoveryDocumentReader(_services.GetRequiredService<IHttpClientFactory>(), options);
        var instruments = new IdentityInstruments(_services.GetRequiredService<IMeterFactory>());
        return new IssuerKeySource(issuer, documents, new TokenRules(options, Time), options, instruments, NullLogger.Instance, Time);
    }

    public async Task<CallerVerification> VerifyAsync(string? token) => await Verifier.VerifyAsync(token, TestContext.Current.CancellationToken);

    public async Task<CallerIdentity> AcceptAsync(string token)
    {
        var outcome = await VerifyAsync(token);
        Assert.True(outcome.IsRecognised, outcome.Text);
        return outcome.Identity;
    }

    public async Task RefuseAsync(string code, string? token)
    {
        var outcome = await VerifyAsync(token);
        Assert.Null(outcome.Identity);
        Assert.Equal(code, outcome.Code);
        Assert.False(string.IsNullOrWhiteSpace(outcome.Text));
    }

    public void Dispose() => _services.Dispose();
}
