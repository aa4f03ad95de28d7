using System.Text.Json.Nodes;
using BriData.Identity.Tests.Support;

namespace BriData.Identity.Tests.Verification;

public sealed class SignatureTests
{
    [Fact]
    public async Task Verify_PayloadChangedAfterSigning_IsSignature()
    {
        using var world = new World();
        var parts = world.Token().Split('.');
        var other = world.Token(claims => claims["roles"] = new JsonArray("admin")).Split('.');
        await world.RefuseAsync("token_signature", $"{parts[0]}.{other[1]}.{parts[2]}");
    }

    [Fact]
    public async Task Verify_SameKeyIdOtherKey_IsSignature()
    {
        using var world = new World();
        await world.RefuseAsync("token_signature", SigningKey.Es256("kz-1").Sign(world.Claims()));
    }

    [Fact]
    public async Task Verify_KeyInHeader_IsNotUsed()
    {
        using var world = new World();
        var own = SigningKey.Es256("kz-1");
        await world.RefuseAsync("token_signature", own.Sign(world.Claims(), header =>
        {
            header["jwk"] = own.Jwk.DeepClone();
            header["jku"] = "https://attacker.example/jwks";
        }));
        Assert.DoesNotContain(world.Network.Requests, address => address.Contains("attacker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AlgorithmOfAnotherKeyType_IsSignature()
    {
        using var world = new World();
        var rsa = SigningKey.Rsa("kz-1");
        await world.RefuseAsync("token_signature", rsa.Sign(world.Claims()));
    }

    [Fact]
    public async Task Verify_KeyMeantForAnotherAlgorithm_IsSignature()
    {
        using var world = new World();
        var rsa = SigningKey.Rsa("rsa", "RS256");
        rsa.Jwk["alg"] = "PS256";
        world.Network.Publish(World.KzIssuer, world.KzKey, rsa);
        await world.RefuseAsync("token_signature", rsa.Sign(world.Claims()));
    }

    [Fact]
    public async Task Verify_KeyMeantForEncryption_IsSignature()
    {
        using var world = new World();
        var key = SigningKey.Es256("enc");
        key.Jwk["use"] = "enc";
        world.Network.Publish(World.KzIssuer, world.KzKey, key);
        await world.RefuseAsync("token_signature", key.Sign(world.Claims()));
    }

    [Fact]
    public async Task Verify_RsaKeyOf1024Bits_IsSignature()
    {
        using var world = new World();
        var weak = SigningKey.Rsa("weak", bits: 1024);
        world.Network.Publish(World.KzIssuer, world.KzKey, weak);
        await world.RefuseAsync("token_signature", weak.Sign(world.Claims()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_NoKeyIdAndTwoFittingKeys_IsSignature(bool first)
    {
        using var world = new World();
        var other = SigningKey.Es256("kz-2");
        world.Network.Publish(World.KzIssuer, first ? world.KzKey : other, first ? other : world.KzKey);
        await world.RefuseAsync("token_signature", world.Token(header: header => header.Remove("kid")));
    }
}
