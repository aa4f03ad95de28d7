using System.Text;
using BriData.Policy.Classification;

namespace BriData.Policy.Tests.Classification;

public sealed class ClassificationSchemeTests
{
    private const string Valid =
        """{"country":"CN","version":"2026-01","title":{"en":"China"},"marks":[{"code":"internal","names":{"en":"Internal","zh-CN":"内部"},"level":"internal","stateSecret":false},{"code":"mimi","names":{"en":"Secret"},"level":"confidential","stateSecret":true}]}""";

    [Fact]
    public void Parse_Valid_GivesTheScheme()
    {
        var scheme = ClassificationScheme.Parse(Encoding.UTF8.GetBytes(Valid)).Scheme!;

        Assert.Equal(("CN", "2026-01", "CN@2026-01", 2), (scheme.Country, scheme.Version, scheme.Reference, scheme.Marks.Length));
        Assert.True(scheme.TryGetMark("mimi", out var mark));
        Assert.Equal((SecurityLevel.Confidential, true), (mark.Level, mark.StateSecret));
        Assert.Equal("内部", scheme.Marks[0].Names["zh-CN"]);
        Assert.False(scheme.TryGetMark("Mimi", out _));
    }

    [Theory]
    [InlineData("\"country\":\"CN\"", "\"country\":\"XX\"", "unknown_country", "$.country")]
    [InlineData("\"country\":\"CN\"", "\"country\":7", "wrong_type", "$.country")]
    [InlineData("\"country\":\"CN\",", "", "missing_field", "$.country")]
    [InlineData("\"country\":\"CN\"", "\"country\":\"CN\",\"country\":\"CN\"", "duplicate_field", "$.country")]
    [InlineData("\"country\":\"CN\"", "\"country\":\"CN\",\"extra\":1", "unknown_field", "$.extra")]
    [InlineData("\"version\":\"2026-01\"", "\"version\":\"a b\"", "bad_version", "$.version")]
    [InlineData("\"title\":{\"en\":\"China\"}", "\"title\":{}", "bad_names", "$.title")]
    [InlineData("\"title\":{\"en\":\"China\"}", "\"title\":{\"English\":\"x\"}", "bad_language", "$.title")]
    [InlineData("\"level\":\"internal\"", "\"level\":\"Internal\"", "unknown_level", "$.marks[0].level")]
    [InlineData("\"level\":\"confidential\"", "\"level\":\"internal\"", "level_too_low", "$.marks[1].level")]
    [InlineData("\"code\":\"mimi\"", "\"code\":\"internal\"", "duplicate_mark", "$.marks[1].code")]
    [InlineData("\"code\":\"mimi\"", "\"code\":\" mimi\"", "bad_mark", "$.marks[1].code")]
    [InlineData("\"stateSecret\":true", "\"stateSecret\":\"yes\"", "wrong_type", "$.marks[1].stateSecret")]
    [InlineData("\"stateSecret\":true", "\"note\":\"x\"", "unknown_field", "$.marks[1].note")]
    public void Parse_OneFault_ReportsCodeAndPath(string find, string replace, string code, string path)
    {
        var result = ClassificationScheme.Parse(Encoding.UTF8.GetBytes(Valid.Replace(find, replace, StringComparison.Ordinal)));

        Assert.Null(result.Scheme);
        var error = Assert.Single(result.Errors);
        Assert.Equal((code, path), (error.Code, error.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]x")]
    [InlineData("{}{}")]
    public void Parse_NotJson_IsRefused(string text)
    {
        Assert.Equal("not_json", Assert.Single(ClassificationScheme.Parse(Encoding.UTF8.GetBytes(text)).Errors).Code);
    }

    [Fact]
    public void Parse_Limits_AreKept()
    {
        var marks = string.Join(',', Enumerable.Range(0, ClassificationScheme.MaxMarks + 1)
            .Select(i => $$"""{"code":"m{{i}}","names":{"en":"M"},"level":"open"}"""));
        var many = $$"""{"country":"CN","version":"1","title":{"en":"t"},"marks":[{{marks}}]}""";

        Assert.Equal("bad_marks", Assert.Single(ClassificationScheme.Parse(Encoding.UTF8.GetBytes(many)).Errors).Code);
        Assert.Equal("too_large", Assert.Single(ClassificationScheme.Parse(new byte[ClassificationScheme.MaxDocumentBytes + 1]).Errors).Code);
    }
}
