using System.Text.Json.Nodes;
using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class AcceptanceTests
{
    [Fact]
    public async Task Verify_GoodToken_GivesEveryClaim()
    {
        using var world = new World();
        var token = world.Token(claims => claims["roles"] = new JsonArray("agency", "approver", "agency"));
        var expected = new CallerIdentity(
            "KZ", "KZ/customs", CallerRoles.Agency | CallerRoles.Approver, "officer-7", World.KzIssuer, world.Time.GetUtcNow().AddHours(1));
        Assert.Equal(expected, await world.AcceptAsync(token));
    }

    [Theory]
    [InlineData("customs")]
    [InlineData("KZ/customs")]
    public async Task Verify_AgencyShortOrQualified_IsQualified(string agency)
    {
        using var world = new World();
        Assert.Equal("KZ/customs", (await world.AcceptAsync(world.Token(claims => claims["agency"] = agency))).Agency);
    }

    [Theory]
    [InlineData("approver", CallerRoles.Approver)]
    [InlineData("auditor", CallerRoles.Auditor)]
    [InlineData("admin", CallerRoles.Admin)]
    public async Task Verify_SingleRoleAsStringWithoutAgency_IsRead(string role, CallerRoles expected)
    {
        using var world = new World();
        var token = world.Token(claims =>
        {
            claims["roles"] = role;
            claims.Remove("agency");
        });
        var identity = await world.AcceptAsync(token);
        Assert.Equal(expected, identity.Roles);
        Assert.Null(identity.Agency);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_NoRoles_IsRecognisedWithNone(bool present)
    {
        using var world = new World();
        var token = world.Token(claims =>
        {
            claims.Remove("roles");
            if (present)
            {
                claims["roles"] = new JsonArray();
            }
        });
        Assert.Equal(CallerRoles.None, (await world.AcceptAsync(token)).Roles);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task Verify_RsaKeys_AreAccepted(string algorithm)
    {
        using var world = new World();
        var key = SigningKey.Rsa("rsa", algorithm);
        world.Network.Publish(World.KzIssuer, world.KzKey, key);
        await world.AcceptAsync(key.Sign(world.Claims()));
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    [InlineData("jwt")]
    [InlineData(null)]
    public async Task Verify_AcceptedOrAbsentType_IsRecognised(string? type)
    {
        using var world = new World();
        await world.AcceptAsync(world.Token(header: header =>
        {
            header.Remove("typ");
            if (type is not null)
            {
                header["typ"] = type;
            }
        }));
    }

    [Fact]
    public async Task Verify_AudienceAmongSeveral_IsRecognised()
    {
        using var world = new World();
        await world.AcceptAsync(world.Token(claims => claims["aud"] = new JsonArray("other", "bridata")));
    }

    [Fact]
    public async Task Verify_NoKeyIdAndOneFittingKey_IsRecognised()
    {
        using var world = new World();
        world.Network.Publish(World.KzIssuer, world.KzKey, SigningKey.Rsa("rsa"));
        await world.AcceptAsync(world.Token(header: header => header.Remove("kid")));
    }
}
