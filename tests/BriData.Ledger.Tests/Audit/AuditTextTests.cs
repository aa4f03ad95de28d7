using BriData.Ledger.Audit;

namespace BriData.Ledger.Tests.Audit;

public sealed class AuditTextTests
{
    [Fact]
    public void Phrases_RepeatedWords_AreAskedForOnce() =>
        Assert.Equal([["a"], ["a", "b"], ["c"]], AuditText.Phrases("a A a-b c a.B C"));

    [Theory]
    [InlineData("w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16", false)]
    [InlineData("w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17", true)]
    [InlineData("w1-w2-w3-w4-w5-w6-w7-w8-w9-w10-w11-w12-w13-w14-w15-w16-w17", true)]
    [InlineData("a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a", false)]
    public void IsTooMuch_Words_CountOnceEach(string query, bool tooMuch) => Assert.Equal(tooMuch, AuditText.IsTooMuch(query));

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void IsTooMuch_Characters_AreLimited(int length, bool tooMuch) => Assert.Equal(tooMuch, AuditText.IsTooMuch(new string('a', length)));
}
