using BriData.Policy.Facts;

namespace BriData.Policy.Tests.Facts;

public sealed class FactCatalogTests
{
    [Fact]
    public void All_Always_SortedWithinTheMask()
    {
        Assert.Equal(FactCatalog.All.Select(fact => fact.Name).Order(StringComparer.Ordinal), FactCatalog.All.Select(fact => fact.Name));
        Assert.InRange(FactCatalog.All.Length, 100, 256);
        Assert.All(FactCatalog.All, fact => Assert.InRange(fact.Values.Length, 0, 63));
        Assert.All(FactCatalog.All, fact => Assert.NotEmpty(fact.Description));
    }

    [Theory]
    [InlineData("exporterCountry")]
    [InlineData("recipientCountry")]
    [InlineData("eventDate")]
    [InlineData("purpose")]
    [InlineData("personalInfoSubjectsSinceJan1")]
    [InlineData("sensitiveSubjectsSinceJan1")]
    [InlineData("cumulativeSince20250701")]
    [InlineData("stateSecret")]
    [InlineData("coreData")]
    [InlineData("nationalGrade")]
    [InlineData("tlp")]
    [InlineData("packRole")]
    public void Source_OfPlatformFacts_IsPlatform(string name)
    {
        Assert.Equal(FactSource.Platform, FactCatalog.Get(name).Source);
        Assert.False(FactCatalog.MayAssert(FactSource.Exporter, FactCatalog.Get(name)));
        Assert.False(FactCatalog.MayAssert(FactSource.Platform, FactCatalog.Get(name)));
    }

    [Fact]
    public void Absence_OfCounts_IsNeverAssumed()
    {
        Assert.All(
            FactCatalog.All.Where(fact => fact.Type == FactType.Integer),
            fact => Assert.Equal(AbsencePolicy.Unknown, fact.Absence));
    }

    [Fact]
    public void Vocabulary_Lists_AreSortedAndFound()
    {
        Assert.Equal(Vocabulary.Mechanisms.Order(StringComparer.Ordinal), Vocabulary.Mechanisms);
        Assert.Equal(Vocabulary.Obligations.Order(StringComparer.Ordinal), Vocabulary.Obligations);
        Assert.True(Vocabulary.IsPurpose("InternationalTrade"));
        Assert.False(Vocabulary.IsPurpose("internationalTrade"));
        Assert.All(Vocabulary.Mechanisms, code => Assert.True(Vocabulary.IsMechanism(code)));
        Assert.All(Vocabulary.Obligations, code => Assert.True(Vocabulary.IsObligation(code)));
        Assert.Equal(8, Vocabulary.Outcomes.Length);
    }

    [Theory]
    [InlineData("CN", true)]
    [InlineData("EU", true)]
    [InlineData("CN-FTZ-SHANGHAI", true)]
    [InlineData("AE-DIFC", true)]
    [InlineData("CN-", false)]
    [InlineData("CN--X", false)]
    [InlineData("CN-x", false)]
    [InlineData("XX-A", false)]
    [InlineData("", false)]
    public void IsJurisdiction_Names_AreCountriesOrPartsOrTheUnion(string code, bool valid)
    {
        Assert.Equal(valid, CountryCodes.IsJurisdiction(code));
    }
}
