using System.Text;
using BriData.Policy.Facts;

namespace BriData.Policy.Tests.Facts;

public sealed class FactSetTests
{
    [Theory]
    [InlineData("""{"ciio":true}""", """{"ciio":true}""")]
    [InlineData("""{"purpose":"Marketing","ciio":false}""", """{"ciio":false,"purpose":"Marketing"}""")]
    [InlineData("""{"personalInfoSubjectsSinceJan1":9007199254740991}""", """{"personalInfoSubjectsSinceJan1":9007199254740991}""")]
    [InlineData("""{"eventDate":"2026-06-15"}""", """{"eventDate":"2026-06-15"}""")]
    [InlineData("""{"safeguard":["EuScc","Bcr","EuScc"]}""", """{"safeguard":["Bcr","EuScc"]}""")]
    [InlineData("""{"safeguard":"Bcr"}""", """{"safeguard":["Bcr"]}""")]
    [InlineData("""{"onwardTransferTo":"None","recipientCountry":"KZ"}""", """{"onwardTransferTo":"None","recipientCountry":"KZ"}""")]
    [InlineData("""{"batches":[3,1,2]}""", """{"batches":[3,1,2]}""")]
    [InlineData("""{"flows":[{"subjects":5,"purpose":"Marketing"}]}""", """{"flows":[{"purpose":"Marketing","subjects":5}]}""")]
    [InlineData("""{"legalBasis":"WrittenConsent"}""", """{"consent":"WrittenConsent"}""")]
    [InlineData("""{"regulatorStep":"Approved"}""", """{"regulatorStep":"Approved"}""")]
    [InlineData("""{"regulatorStep":"Approved(2026-01-05, 2029-01-04)"}""", """{"regulatorStep":"Approved","regulatorStepDate":"2026-01-05","regulatorStepExpires":"2029-01-04"}""")]
    [InlineData("""{"regulatorStep":{"step":"Filed","date":"2026-01-05"}}""", """{"regulatorStep":"Filed","regulatorStepDate":"2026-01-05"}""")]
    [InlineData("""{"system":"a\"\\\n\u0001é漢😀/"}""", "{\"system\":\"a\\\"\\\\\\n\\u0001é漢😀/\"}")]
    [InlineData("{}", "{}")]
    public void Parse_StatedFacts_GiveCanonicalJson(string json, string canonical)
    {
        var result = FactSet.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Empty(result.Errors);
        Assert.Equal(canonical, Encoding.UTF8.GetString(result.Facts!.ToCanonicalJson()));
        Assert.Equal(result.Facts, FactSet.Parse(result.Facts.ToCanonicalJson()).Facts);
    }

    [Theory]
    [InlineData("""{"cio":true}""", "cio", "unknown_fact")]
    [InlineData("""{"Ciio":true}""", "Ciio", "unknown_fact")]
    [InlineData("""{"ciio":"true"}""", "ciio", "fact_type")]
    [InlineData("""{"ciio":1}""", "ciio", "fact_type")]
    [InlineData("""{"ciio":null}""", "ciio", "fact_type")]
    [InlineData("""{"subjects":1.5}""", "subjects", "fact_type")]
    [InlineData("""{"subjects":1e3}""", "subjects", "fact_type")]
    [InlineData("""{"subjects":"5"}""", "subjects", "fact_type")]
    [InlineData("""{"subjects":-1}""", "subjects", "fact_range")]
    [InlineData("""{"subjects":9007199254740992}""", "subjects", "fact_range")]
    [InlineData("""{"subjects":99999999999999999999}""", "subjects", "fact_range")]
    [InlineData("""{"eventDate":"2026-02-30"}""", "eventDate", "fact_value")]
    [InlineData("""{"eventDate":"15.06.2026"}""", "eventDate", "fact_value")]
    [InlineData("""{"eventDate":20260615}""", "eventDate", "fact_type")]
    [InlineData("""{"purpose":"Spying"}""", "purpose", "fact_value")]
    [InlineData("""{"purpose":["Marketing"]}""", "purpose", "fact_type")]
    [InlineData("""{"safeguard":["EuScc","Magic"]}""", "safeguard", "fact_value")]
    [InlineData("""{"safeguard":[1]}""", "safeguard", "fact_type")]
    [InlineData("""{"recipientCountry":"XX"}""", "recipientCountry", "fact_value")]
    [InlineData("""{"recipientCountry":"None"}""", "recipientCountry", "fact_value")]
    [InlineData("""{"recipientCountry":"kz"}""", "recipientCountry", "fact_value")]
    [InlineData("""{"subRegime":"Shanghai"}""", "subRegime", "fact_value")]
    [InlineData("""{"system":""}""", "system", "fact_range")]
    [InlineData("""{"batches":[1,-2]}""", "batches", "fact_range")]
    [InlineData("""{"batches":5}""", "batches", "fact_type")]
    [InlineData("""{"flows":[{"nonsense":1}]}""", "flows[0].nonsense", "unknown_fact")]
    [InlineData("""{"flows":[{"subjects":true}]}""", "flows[0].subjects", "fact_type")]
    [InlineData("""{"flows":[{"flows":[]}]}""", "flows[0].flows", "unknown_fact")]
    [InlineData("""{"regulatorStep":"Approved(yesterday)"}""", "regulatorStep", "fact_value")]
    [InlineData("""{"regulatorStep":{"step":"Approved","when":"2026-01-01"}}""", "regulatorStep", "fact_type")]
    [InlineData("""{"ciio":true,"ciio":true}""", "ciio", "duplicate_fact")]
    [InlineData("""{"consent":"None","legalBasis":"None"}""", "legalBasis", "duplicate_fact")]
    [InlineData("[]", "", "fact_json")]
    [InlineData("", "", "fact_json")]
    [InlineData("{", "", "fact_json")]
    [InlineData("{}{}", "", "fact_json")]
    [InlineData("""{"system":"\ud800"}""", "", "fact_json")]
    public void Parse_BadFacts_ReportTheFactAndACode(string json, string fact, string code)
    {
        var result = FactSet.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Null(result.Facts);
        var error = Assert.Single(result.Errors);
        Assert.Equal((fact, code), (error.Fact, error.Code));
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Parse_SeveralBadFacts_ReportsEach()
    {
        var result = FactSet.Parse("""{"a":1,"ciio":3,"subjects":-1}"""u8);

        Assert.Equal(["unknown_fact", "fact_type", "fact_range"], result.Errors.Select(error => error.Code));
    }

    [Fact]
    public void Parse_TooLarge_IsRefused()
    {
        Assert.Equal("fact_json", Assert.Single(FactSet.Parse(new byte[FactSet.MaxDocumentBytes + 1]).Errors).Code);
    }

    [Fact]
    public void Merge_BothState_WinnerDecides()
    {
        var left = FactSet.Empty.With("ciio", false).With("subjects", 1);
        var right = FactSet.Empty.With("ciio", true).With("purpose", "Marketing");

        Assert.Equal("""{"ciio":true,"purpose":"Marketing","subjects":1}""", left.Merge(right).ToString());
        Assert.Equal(left, left.Merge(FactSet.Empty));
        Assert.Equal(left, FactSet.Empty.Merge(left));
    }

    [Fact]
    public void With_ExistingFact_Replaces()
    {
        var facts = FactSet.Empty.With("ciio", false).With("ciio", true);

        Assert.Equal(1, facts.Count);
        Assert.True(facts.TryGet("ciio", out var value));
        Assert.True(value.AsBoolean());
        Assert.Equal(FactSet.Empty, facts.Without("ciio"));
    }

    [Fact]
    public void With_ValueThatDoesNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => FactSet.Empty.With("ciio", 1));
        Assert.Throws<ArgumentException>(() => FactSet.Empty.With("nonsense", true));
        Assert.Throws<ArgumentException>(() => FactSet.Empty.With("system", "\ud800"));
    }

    [Fact]
    public void NotAssertableBy_Speaker_NamesWhatOthersMustSay()
    {
        var facts = FactSet.Empty
            .With("audience", "Recipient")
            .With("ciio", false)
            .With("stateSecret", false)
            .With("purpose", "Marketing")
            .With("personalInfoSubjectsSinceJan1", 1);

        Assert.Equal(["ciio", "personalInfoSubjectsSinceJan1", "purpose", "stateSecret"], facts.NotAssertableBy(FactSource.Requester));
        Assert.Equal(["personalInfoSubjectsSinceJan1", "purpose", "stateSecret"], facts.NotAssertableBy(FactSource.Exporter));
        Assert.Equal(5, facts.NotAssertableBy(FactSource.Platform).Length + 0 + facts.Names.Count(name => FactCatalog.Get(name).Source != FactSource.Platform));
    }

    [Fact]
    public void NotAssertableBy_FlowWithPlatformFact_NamesTheFlows()
    {
        var plain = FactSet.Parse("""{"flows":[{"purpose":"Marketing","subjects":5}]}"""u8).Facts!;
        var total = FactSet.Parse("""{"flows":[{"personalInfoSubjectsSinceJan1":5}]}"""u8).Facts!;

        Assert.Empty(plain.NotAssertableBy(FactSource.Exporter));
        Assert.Equal(["flows"], total.NotAssertableBy(FactSource.Exporter));
    }
}
