using BriData.Contracts;
using BriData.Gateway.Http;
using BriData.Identity;

namespace BriData.Gateway.Tests.Http;

public sealed class ProblemCatalogueTests
{
    private static readonly string[] All = [.. typeof(ErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void Codes_OfTheContract_AreAllThereOnceAndNoOther() =>
        Assert.Equal(All.Order(StringComparer.Ordinal), ProblemCatalogue.Codes.Order(StringComparer.Ordinal));

    [Fact]
    public void Codes_OfTokenFailures_AreInTheContract() =>
        Assert.All(typeof(CallerFailureCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!), code => Assert.Contains(code, All));

    [Fact]
    public void Codes_Values_AreUniqueAndInLowerCaseWords()
    {
        Assert.Equal(All.Length, All.Distinct().Count());
        Assert.All(All, c => Assert.Matches("^[a-z]+(_[a-z]+)*$", c));
    }

    [Fact]
    public void Of_EachCode_HasAStatusOfFailureAndATitle() => Assert.All(All, c =>
    {
        var (status, title) = ProblemCatalogue.Of(c);
        Assert.InRange(status, 400, 599);
        Assert.False(string.IsNullOrWhiteSpace(title));
    });

    [Fact]
    public void Of_TitlesOfDifferentCodes_Differ() => Assert.Equal(All.Length, All.Select(c => ProblemCatalogue.Of(c).Title).Distinct().Count());

    [Theory]
    [InlineData(ErrorCodes.UnknownTransfer, 404)]
    [InlineData(ErrorCodes.IdempotencyKeyReused, 422)]
    [InlineData(ErrorCodes.PreconditionFailed, 412)]
    [InlineData(ErrorCodes.LedgerUnavailable, 503)]
    [InlineData(ErrorCodes.LedgerFull, 503)]
    [InlineData(ErrorCodes.OutcomeUnknown, 503)]
    [InlineData(ErrorCodes.TokenExpired, 401)]
    [InlineData(ErrorCodes.MalformedJson, 400)]
    public void Of_CodesThatClientsBranchOn_KeepTheirStatus(string code, int status) => Assert.Equal(status, ProblemCatalogue.Of(code).Status);

    [Fact]
    public void Of_UnknownCode_Throws() => Assert.Throws<InvalidOperationException>(() => ProblemCatalogue.Of("no_such_code"));
}
