using System.Text;
using System.Text.Json.Nodes;
using BriData.Ledger.Canonical;
using BriData.Ledger.Signing;

namespace BriData.Ledger.Tests.Signing;

public sealed class JwkTests
{
    public static TheoryData<string> Algorithms => [SignatureAlgorithms.EdDsa, SignatureAlgorithms.Es256];

    [Fact]
    public void KeyId_OfThePublishedKey_IsThePublishedThumbprint() =>
        Assert.Equal(JwsVectors.Ed25519Thumbprint, Public(JwsVectors.Ed25519Public).KeyId);

    [Fact]
    public void Json_OfAKeyWithMore_IsTheRequiredMembersAlone()
    {
        var key = Public(JwsVectors.P256Public);
        var node = JsonNode.Parse(JwsVectors.P256Public)!.AsObject();
        (node["alg"], node["use"], node["kid"]) = ("ES256", "sig", key.KeyId);

        Assert.Equal(key.Json.ToArray(), Public(node.ToJsonString()).Json.ToArray());
        Assert.True(CanonicalJson.IsCanonical(key.Json.Span));
    }

    [Theory]
    [InlineData(JwsVectors.Ed25519Private, "EdDSA")]
    [InlineData(JwsVectors.P256Private, "ES256")]
    public void PrivateKey_Published_ReadsAndWritesBack(string json, string algorithm)
    {
        Assert.True(PrivateJwk.TryParse(Encoding.UTF8.GetBytes(json), out var key, out _));
        Assert.Equal(algorithm, key.PublicKey.Algorithm);

        Assert.True(CanonicalJson.IsCanonical(key.ToJson()));
        Assert.True(PrivateJwk.TryParse(key.ToJson(), out var again, out _));
        Assert.Equal(key.PublicKey.KeyId, again.PublicKey.KeyId);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Create_EachAlgorithm_SignsWhatItsPublicKeyVerifies(string algorithm)
    {
        using var key = PrivateJwk.Create(algorithm);
        using var other = PrivateJwk.Create(algorithm);

        var signature = key.Sign("text"u8);

        Assert.True(key.PublicKey.Verify("text"u8, signature));
        Assert.False(key.PublicKey.Verify("texts"u8, signature));
        Assert.False(other.PublicKey.Verify("text"u8, signature));
        Assert.False(key.PublicKey.Verify("text"u8, signature.AsSpan(1)));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"OKP","crv":"P-256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"ES256"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"mine"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x5u":"https://elsewhere"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","y":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":1}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    public void PublicKey_NotExactlyOne_IsRefused(string json)
    {
        Assert.False(PublicJwk.TryParse(Encoding.UTF8.GetBytes(json), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData(JwsVectors.Ed25519Private)]
    [InlineData(JwsVectors.P256Private)]
    public void PublicKey_WithItsPrivatePart_IsRefused(string json)
    {
        Assert.False(PublicJwk.TryParse(Encoding.UTF8.GetBytes(json), out _, out var problem));
        Assert.Contains("private", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JwsVectors.Ed25519Private, "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "oWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")]
    [InlineData(JwsVectors.P256Private, "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LE")]
    [InlineData(JwsVectors.P256Private, "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void PrivateKey_OfAnotherPublicKey_IsRefused(string json, string d, string other)
    {
        Assert.False(PrivateJwk.TryParse(Encoding.UTF8.GetBytes(json.Replace(d, other, StringComparison.Ordinal)), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void PrivateKey_WithoutItsPrivatePart_IsRefused() =>
        Assert.False(PrivateJwk.TryParse(Encoding.UTF8.GetBytes(JwsVectors.P256Public), out _, out _));

    [Fact]
    public void Create_OtherAlgorithm_Throws() => Assert.Throws<ArgumentException>(() => PrivateJwk.Create("RS256"));

    private static PublicJwk Public(string json)
    {
        Assert.True(PublicJwk.TryParse(Encoding.UTF8.GetBytes(json), out var key, out var problem), problem);
        return key;
    }
}
