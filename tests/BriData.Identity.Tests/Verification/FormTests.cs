using System.Text;
using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class FormTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Verify_NoToken_IsMissing(string? token)
    {
        using var world = new World();
        await world.RefuseAsync("token_missing", token);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData(".b.c")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30.e30.AA")]
    public async Task Verify_NotACompactToken_IsMalformed(string token)
    {
        using var world = new World();
        await world.RefuseAsync("token_malformed", token);
        Assert.Equal(0, world.Registry.Reads);
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("é")]
    public async Task Verify_CharacterOutsideBase64Url_IsMalformed(string tail)
    {
        using var world = new World();
        await world.RefuseAsync("token_malformed", world.Token() + tail);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"kz-1"}""")]
    [InlineData("""{"alg":"ES256","kid":7}""")]
    [InlineData("""{"alg":"ES256","kid":""}""")]
    [InlineData("""{"alg":7,"kid":"kz-1"}""")]
    [InlineData("""{"kid":"kz-1"}""")]
    [InlineData("""{"alg":"ES256","kid":"kz-1","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"kz-1","typ":null}""")]
    [InlineData("""{"alg":"ES256","kid":"kz-1","crit":["b64"],"b64":false}""")]
    [InlineData("""["ES256"]""")]
    public async Task Verify_HeaderNotAccepted_IsMalformed(string header)
    {
        using var world = new World();
        await world.RefuseAsync("token_malformed", world.KzKey.Sign(header, world.Claims().ToJsonString()));
    }

    [Fact]
    public async Task Verify_RepeatedClaim_IsMalformed()
    {
        using var world = new World();
        var claims = world.Claims().ToJsonString();
        var doubled = claims.Insert(claims.Length - 1, ""","roles":["admin"]""");
        await world.RefuseAsync("token_malformed", world.KzKey.Sign("""{"alg":"ES256","kid":"kz-1"}""", doubled));
    }

    [Fact]
    public async Task Verify_SizeLimit_IsExact()
    {
        using var world = new World(options => options.MaximumTokenBytes = 600);
        string token;
        var filling = 0;
        do
        {
            token = world.Token(claims => claims["fill"] = new string('x', filling));
            filling++;
        }
        while (token.Length < 600);

        Assert.InRange(token.Length, 600, 601);
        var longer = world.Token(claims => claims["fill"] = new string('x', filling + 4));
        await world.RefuseAsync("token_malformed", longer);
        using var roomier = new World(options => options.MaximumTokenBytes = token.Length);
        roomier.Network.Publish(World.KzIssuer, world.KzKey);
        await roomier.AcceptAsync(token);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public async Task Verify_AlgorithmNone_IsUnsigned(string algorithm)
    {
        using var world = new World();
        var signed = world.Token(header: header => header["alg"] = algorithm);
        await world.RefuseAsync("token_unsigned", signed);
        await world.RefuseAsync("token_unsigned", signed[..(signed.LastIndexOf('.') + 1)]);
    }

    [Fact]
    public async Task Verify_SignatureCutOff_IsUnsigned()
    {
        using var world = new World();
        var signed = world.Token();
        await world.RefuseAsync("token_unsigned", signed[..(signed.LastIndexOf('.') + 1)]);
    }

    [Fact]
    public async Task Verify_Hs256WithThePublicKey_IsAlgorithm()
    {
        using var world = new World();
        var secrets = new[]
        {
            Encoding.UTF8.GetBytes(world.KzKey.Jwk.ToJsonString()),
            Encoding.ASCII.GetBytes(world.KzKey.Jwk["x"]!.GetValue<string>() + world.KzKey.Jwk["y"]!.GetValue<string>()),
        };
        foreach (var secret in secrets)
        {
            await world.RefuseAsync("token_algorithm", SigningKey.Hs256("kz-1", secret).Sign(world.Claims()));
        }
    }

    [Fact]
    public async Task Verify_Hs256WithAPublishedSymmetricKey_IsAlgorithm()
    {
        using var world = new World();
        var key = SigningKey.Hs256("shared", new byte[32]);
        world.Network.Publish(World.KzIssuer, world.KzKey, key);
        await world.RefuseAsync("token_algorithm", key.Sign(world.Claims()));
    }

    [Theory]
    [InlineData("RS512")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    [InlineData("es256")]
    [InlineData("")]
    public async Task Verify_OtherAlgorithm_IsAlgorithm(string algorithm)
    {
        using var world = new World();
        await world.RefuseAsync("token_algorithm", world.Token(header: header => header["alg"] = algorithm));
    }

    [Fact]
    public void DefaultOutcome_IsARefusal()
    {
        var outcome = default(CallerVerification);
        Assert.False(outcome.IsRecognised);
        Assert.Equal("token_missing", outcome.Code);
    }
}
