namespace BriData.Ledger.Tests;

public sealed class Hash256Tests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void Forms_AreThoseOfTheBytes()
    {
        var bytes = Convert.FromHexString(Hex);
        var hash = Hash256.FromBytes(bytes);
        var copy = new byte[40];

        hash.CopyTo(copy);

        Assert.Equal(bytes, copy[..32]);
        Assert.Equal(bytes, hash.ToArray());
        Assert.Equal(Hex, hash.ToString());
        Assert.Equal(Convert.ToBase64String(bytes), hash.ToBase64());
        Assert.Equal(hash, Hash256.ParseHex(Hex));
        Assert.Equal(hash, Hash256.ParseHex(Hex.ToUpperInvariant()));
    }

    [Fact]
    public void OfSha256_IsThePublishedDigest() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hash256.OfSha256("abc"u8).ToString());

    [Fact]
    public void Equality_IsOverEveryByte()
    {
        var bytes = Convert.FromHexString(Hex);
        var hash = Hash256.FromBytes(bytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x80;
            Assert.False(hash == Hash256.FromBytes(bytes));
            Assert.True(hash != Hash256.FromBytes(bytes));
            bytes[i] ^= 0x80;
        }

        Assert.True(hash == Hash256.FromBytes(bytes));
        Assert.Equal(hash.GetHashCode(), Hash256.FromBytes(bytes).GetHashCode());
        Assert.False(hash.Equals((object)Hex));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00")]
    public void ParseHex_NotAHash_IsRefused(string? text)
    {
        Assert.False(Hash256.TryParseHex(text, out var hash));
        Assert.Equal(default, hash);
        Assert.Throws<FormatException>(() => Hash256.ParseHex(text!));
    }

    [Fact]
    public void FromBytes_WrongLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[33]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hash256.OfSha256([]).CopyTo(new byte[31]));
    }
}
