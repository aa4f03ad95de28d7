using System.Buffers.Text;
using System.Text;
using BriData.Ledger.Signing;
using CsCheck;

namespace BriData.Ledger.Tests.Signing;

public sealed class CompactJwsTests
{
    private const string Type = "bridata-act+jws";

    public static TheoryData<string> Algorithms => [SignatureAlgorithms.EdDsa, SignatureAlgorithms.Es256];

    [Theory]
    [InlineData(JwsVectors.Ed25519Jws, JwsVectors.Ed25519Public, "Example of Ed25519 signing")]
    [InlineData(JwsVectors.P256Jws, JwsVectors.P256Public, "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}")]
    public void Verify_PublishedSignature_Holds(string text, string key, string payload)
    {
        var jws = Read(text);

        Assert.True(jws.Verify(Key(key)));
        Assert.Equal(payload, Encoding.UTF8.GetString(jws.Payload.Span));
    }

    [Fact]
    public void Sign_PublishedKeyAndText_GivesThePublishedSignature()
    {
        Assert.True(PrivateJwk.TryParse(Encoding.UTF8.GetBytes(JwsVectors.Ed25519Private), out var key, out _));
        var dot = JwsVectors.Ed25519Jws.LastIndexOf('.');

        var signature = key.Sign(Encoding.ASCII.GetBytes(JwsVectors.Ed25519Jws[..dot]));

        Assert.Equal(JwsVectors.Ed25519Jws[(dot + 1)..], Base64Url.EncodeToString(signature));
    }

    [Fact]
    public void Verify_ByAKeyOfTheOtherAlgorithm_DoesNotHold() => Assert.False(Read(JwsVectors.Ed25519Jws).Verify(Key(JwsVectors.P256Public)));

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Sign_EachAlgorithm_NamesKeyAndTypeAndVerifies(string algorithm)
    {
        using var key = PrivateJwk.Create(algorithm);
        using var other = PrivateJwk.Create(algorithm);

        var jws = Read(CompactJws.Sign(key, Type, "{}"u8));

        Assert.Equal((algorithm, key.PublicKey.KeyId, Type), (jws.Algorithm, jws.KeyId, jws.Type));
        Assert.True(jws.Verify(key.PublicKey));
        Assert.False(jws.Verify(other.PublicKey));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Verify_AnyCharacterChanged_DoesNotHold(string algorithm)
    {
        using var key = PrivateJwk.Create(algorithm);
        var text = CompactJws.Sign(key, Type, """{"act":"agreement.sign"}"""u8);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char[' ', '~']).Sample((at, with) =>
        {
            var changed = string.Concat(text.AsSpan(0, at), [with], text.AsSpan(at + 1));
            return with == text[at] || !CompactJws.TryParse(changed, out var jws, out _) || !jws.Verify(key.PublicKey);
        });
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Verify_AnyBitOfAPartFlipped_DoesNotHold(string algorithm)
    {
        using var key = PrivateJwk.Create(algorithm);
        var parts = CompactJws.Sign(key, Type, """{"act":"agreement.sign"}"""u8).Split('.').Select(p => Base64Url.DecodeFromChars(p)).ToArray();
        for (var part = 0; part < parts.Length; part++)
        {
            for (var bit = 0; bit < parts[part].Length * 8; bit++)
            {
                parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
                var text = string.Join('.', parts.Select(p => Base64Url.EncodeToString(p)));
                Assert.False(CompactJws.TryParse(text, out var jws, out _) && jws.Verify(key.PublicKey), $"bit {bit} of part {part}");
                parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"eddsa"}""")]
    [InlineData("""{"kid":"a"}""")]
    [InlineData("""{"alg":"EdDSA","crit":["exp"]}""")]
    [InlineData("""{"alg":"EdDSA","b64":false}""")]
    [InlineData("""{"alg":"EdDSA","jwk":{}}""")]
    [InlineData("""{"alg":"EdDSA","jku":"https://elsewhere"}""")]
    [InlineData("""{"alg":"EdDSA","alg":"EdDSA"}""")]
    [InlineData("""{"alg":"EdDSA","kid":1}""")]
    [InlineData("""["alg"]""")]
    [InlineData("alg")]
    [InlineData("")]
    public void TryParse_OtherHeader_IsRefused(string header)
    {
        using var key = PrivateJwk.Create(SignatureAlgorithms.EdDsa);
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30";
        var text = $"{input}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(input)))}";

        Assert.False(CompactJws.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TryParse_OtherForm_IsRefused()
    {
        using var key = PrivateJwk.Create(SignatureAlgorithms.EdDsa);
        var good = CompactJws.Sign(key, Type, "{}"u8);
        var parts = good.Split('.');

        Assert.True(CompactJws.TryParse(good, out _, out _));
        foreach (var text in (string?[])[null, "", "..", parts[0], $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", good + ".", good + "=", good + " ", " " + good, good + "\n", $"{good}.{parts[2]}", good.Replace(parts[1], parts[1] + "==", StringComparison.Ordinal), parts[0] + new string('A', CompactJws.MaxLength)])
        {
            Assert.False(CompactJws.TryParse(text, out _, out _), text);
        }
    }

    private static CompactJws Read(string text)
    {
        Assert.True(CompactJws.TryParse(text, out var jws, out var problem), problem);
        return jws;
    }

    private static PublicJwk Key(string json)
    {
        Assert.True(PublicJwk.TryParse(Encoding.UTF8.GetBytes(json), out var key, out var problem), problem);
        return key;
    }
}
