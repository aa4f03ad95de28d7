using BriData.Gateway.Http;
using BriData.Ledger;
using Microsoft.Extensions.Primitives;

namespace BriData.Gateway.Tests.Http;

public sealed class ReprDigestTests
{
    private static readonly Hash256 Actual = Hash256.OfSha256("hello"u8);
    private const string Stated = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

    [Fact]
    public void Of_HexHash_WritesTheFormOfRfc9530() => Assert.Equal(Stated, ReprDigest.Of(Actual.ToString()));

    [Theory]
    [InlineData(Stated)]
    [InlineData("SHA-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")]
    [InlineData("sha-512=:AAAA:, " + Stated)]
    [InlineData("")]
    [InlineData("sha-512=:AAAA:")]
    public void Matches_ThisDigestOrNone_IsTrue(string header) => Assert.True(ReprDigest.Matches(header, Actual));

    [Theory]
    [InlineData("sha-256=:AAAAul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")]
    [InlineData("sha-256=::")]
    [InlineData("sha-256=:nonsense:")]
    [InlineData("sha-256=:lPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")]
    public void Matches_AnotherDigest_IsFalse(string header) => Assert.False(ReprDigest.Matches(header, Actual));

    [Fact]
    public void Matches_SeveralHeaderLines_ReadsThemAll() =>
        Assert.False(ReprDigest.Matches(new StringValues(["sha-512=:AAAA:", "sha-256=:AAAA:"]), Actual));

    [Fact]
    public void Matches_NoHeader_IsTrue() => Assert.True(ReprDigest.Matches(StringValues.Empty, Actual));
}
