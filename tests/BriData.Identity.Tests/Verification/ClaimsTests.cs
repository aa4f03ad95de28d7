using System.Text.Json.Nodes;
using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class ClaimsTests
{
    public static TheoryData<string, string?> Refused => new()
    {
        { "iss", null },
        { "iss", "7" },
        { "iss", "\"\"" },
        { "country", null },
        { "country", "\"kz\"" },
        { "country", "\"KAZ\"" },
        { "country", "\"K\"" },
        { "country", "\"К1\"" },
        { "country", "[\"KZ\"]" },
        { "sub", null },
        { "sub", "\"\"" },
        { "sub", "7" },
        { "sub", "\"a\\nb\"" },
        { "agency", null },
        { "agency", "\"\"" },
        { "agency", "null" },
        { "agency", "[\"customs\"]" },
        { "agency", "\"Customs\"" },
        { "agency", "\"customs/\"" },
        { "agency", "\"/customs\"" },
        { "agency", "\"KZ/customs/x\"" },
        { "agency", "\"-customs\"" },
        { "agency", "\"customs-\"" },
        { "agency", "\"cus--toms\"" },
        { "agency", "\"CN/customs\"" },
        { "agency", "\"kz/customs\"" },
        { "roles", "\"root\"" },
        { "roles", "\"Agency\"" },
        { "roles", "\"agency approver\"" },
        { "roles", "[\"agency\",\"root\"]" },
        { "roles", "[\"agency\",null]" },
        { "roles", "null" },
        { "roles", "{}" },
        { "exp", null },
        { "exp", "\"1781514000\"" },
        { "nbf", "\"0\"" },
        { "iat", "true" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Verify_ClaimAbsentOrNotAccepted_IsClaims(string claim, string? json)
    {
        using var world = new World();
        await world.RefuseAsync("claims_invalid", world.Token(claims =>
        {
            claims.Remove(claim);
            if (json is not null)
            {
                claims[claim] = JsonNode.Parse(json);
            }
        }));
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, "claims_invalid")]
    public async Task Verify_SubjectLength_IsBounded(int length, string? code)
    {
        using var world = new World();
        var outcome = await world.VerifyAsync(world.Token(claims => claims["sub"] = new string('s', length)));
        Assert.Equal(code, outcome.Code);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "claims_invalid")]
    public async Task Verify_AgencyLength_IsBounded(int length, string? code)
    {
        using var world = new World();
        var outcome = await world.VerifyAsync(world.Token(claims => claims["agency"] = new string('a', length)));
        Assert.Equal(code, outcome.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"other\"")]
    [InlineData("\"bridata/\"")]
    [InlineData("\"BriData\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[\"bridata\",7]")]
    [InlineData("[\"other\"]")]
    public async Task Verify_OtherAudience_IsAudience(string? json)
    {
        using var world = new World();
        await world.RefuseAsync("audience_invalid", world.Token(claims =>
        {
            claims.Remove("aud");
            if (json is not null)
            {
                claims["aud"] = JsonNode.Parse(json);
            }
        }));
    }

    [Fact]
    public async Task Verify_Refusal_RepeatsNothingOfTheToken()
    {
        using var world = new World();
        var outcome = await world.VerifyAsync(world.Token(claims => claims["roles"] = "zzz-secret"));
        Assert.DoesNotContain("zzz-secret", outcome.Text, StringComparison.Ordinal);
    }
}
