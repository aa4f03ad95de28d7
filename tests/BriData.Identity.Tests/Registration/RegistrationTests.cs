using BriData.Identity.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BriData.Identity.Tests.Registration;

public sealed class RegistrationTests
{
    public static TheoryData<string, Action<IdentityOptions>> Invalid => new()
    {
        { "Audience", options => options.Audience = " " },
        { "ClockSkew", options => options.ClockSkew = TimeSpan.FromSeconds(-1) },
        { "MaximumTokenLifetime", options => options.MaximumTokenLifetime = TimeSpan.FromHours(25) },
        { "MaximumTokenBytes", options => options.MaximumTokenBytes = 0 },
        { "TokenCacheEntries", options => options.TokenCacheEntries = 0 },
        { "TokenCacheCharacters", options => options.TokenCacheCharacters = 8191 },
        { "TokenCacheLifetime", options => options.TokenCacheLifetime = TimeSpan.Zero },
        { "RefusalCacheEntries", options => options.RefusalCacheEntries = 0 },
        { "RefusalCacheCharacters", options => options.RefusalCacheCharacters = 8191 },
        { "RefusalCacheLifetime", options => options.RefusalCacheLifetime = TimeSpan.FromSeconds(6) },
        { "ForcedRefreshInterval", options => options.ForcedRefreshInterval = TimeSpan.Zero },
        { "MetadataRefreshInterval", options => options.MetadataRefreshInterval = TimeSpan.FromSeconds(5) },
        { "MetadataMaximumAge", options => options.MetadataMaximumAge = TimeSpan.FromMinutes(59) },
        { "DiscoveryTimeout", options => options.DiscoveryTimeout = TimeSpan.Zero },
        { "MaximumMetadataBytes", options => options.MaximumMetadataBytes = 10 },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Options_OutOfRange_AreRefusedByName(string option, Action<IdentityOptions> configure)
    {
        using var services = Services(configure);
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<IdentityOptions>>().Value);
        Assert.StartsWith($"IdentityOptions.{option} ", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Twice_GivesOneVerifierAndBothConfigurations()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IIssuerRegistry>(new FakeRegistry());
        collection.AddBriDataIdentity(options => options.Audience = "a").AddBriDataIdentity(options => options.ClockSkew = TimeSpan.Zero);
        using var services = collection.BuildServiceProvider();
        Assert.Same(services.GetRequiredService<TokenVerifier>(), Assert.Single(services.GetServices<ICallerVerifier>()));
        var chosen = services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        Assert.Equal(("a", TimeSpan.Zero), (chosen.Audience, chosen.ClockSkew));
    }

    [Fact]
    public void Add_WithoutRegistry_CannotBeResolved()
    {
        using var services = new ServiceCollection().AddBriDataIdentity().BuildServiceProvider();
        Assert.Throws<InvalidOperationException>(services.GetRequiredService<ICallerVerifier>);
    }

    [Theory]
    [InlineData("agency", CallerRoles.Agency)]
    [InlineData("approver", CallerRoles.Approver)]
    [InlineData("auditor", CallerRoles.Auditor)]
    [InlineData("admin", CallerRoles.Admin)]
    [InlineData("regulator", CallerRoles.Regulator)]
    public void RoleNames_RoundTrip(string name, CallerRoles role)
    {
        Assert.True(CallerRoleNames.TryParse(name, out var parsed));
        Assert.Equal(role, parsed);
        Assert.Equal([name], CallerRoleNames.ToNames(role));
    }

    [Fact]
    public void RoleNames_Unknown_AreRefused()
    {
        Assert.False(CallerRoleNames.TryParse(["agency", "owner"], out var roles));
        Assert.Equal(CallerRoles.None, roles);
        Assert.False(CallerRoleNames.TryParse((string?)null, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => CallerRoleNames.ToNames((CallerRoles)32));
    }

    private static ServiceProvider Services(Action<IdentityOptions> configure) =>
        new ServiceCollection().AddBriDataIdentity(configure).BuildServiceProvider();
}
