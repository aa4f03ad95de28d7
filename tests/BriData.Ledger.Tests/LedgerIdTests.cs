namespace BriData.Ledger.Tests;

public sealed class LedgerIdTests
{
    [Theory]
    [InlineData("country/CN", "country", "CN")]
    [InlineData("agency/CN.customs", "agency", "CN.customs")]
    [InlineData("agreement/cn-kz-customs", "agreement", "cn-kz-customs")]
    public void Parse_Identifier_HasKindAndName(string text, string kind, string name)
    {
        var id = LedgerId.Parse(text);

        Assert.Equal((kind, name, text), (id.Kind, id.Name, id.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("country")]
    [InlineData("/CN")]
    [InlineData("country/")]
    [InlineData("Country/CN")]
    [InlineData("country/../x")]
    [InlineData("country/.x")]
    [InlineData("country/C N")]
    [InlineData("country/é")]
    [InlineData("seventeenletters1/x")]
    public void Parse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(LedgerId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => LedgerId.Parse(text!));
    }
}
