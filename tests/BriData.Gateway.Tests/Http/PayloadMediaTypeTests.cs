using BriData.Gateway.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class PayloadMediaTypeTests
{
    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv; name=\"Bekova passport.csv\"", "text/csv")]
    [InlineData("Text/CSV;charset=UTF-8;name=Bekova", "text/csv; charset=utf-8")]
    [InlineData("text/csv; charset=\"GB18030\"", "text/csv; charset=gb18030")]
    [InlineData("text/csv; charset=windows-1251", "text/csv; charset=windows-1251")]
    [InlineData("text/csv; charset=Bekova", "text/csv")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("application/ld+json; profile=\"https://example.org/bekova\"", "application/ld+json")]
    [InlineData("*/*", "application/octet-stream")]
    [InlineData("text/*", "application/octet-stream")]
    [InlineData("Bekova passport", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    [InlineData(null, "application/octet-stream")]
    public void Of_AHeader_KeepsTypeAndKnownCharset(string? header, string kept) => Assert.Equal(kept, PayloadMediaType.Of(header));
}
