using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Decisions;

/// <summary>Laws that let a transfer start only under a condition, where unknown facts leave the condition open.</summary>
public sealed class UnknownConditionTests
{
    private const string Needs = "mayProceedNow: {fact: transferImpactAssessmentDone, eq: true}";

    [Theory]
    [InlineData(null, DecisionCodes.FactMissing)]
    [InlineData(false, DecisionCodes.MechanismMissing)]
    [InlineData(true, DecisionCodes.Permitted)]
    public void Decide_RouteOnRecordUnderACondition_CountsOnlyOnceItIsMet(bool? assessed, string code)
    {
        var decision = DecisionEngine.Decide(Under(Packs.Rule("a", "always", "MECHANISM_REQUIRED", $"mechanisms: [SCC]\n{Needs}"), assessed)
            .WithMechanism("SCC", "CN", new DateOnly(2026, 1, 1)));

        Assert.Equal(code, decision.Code);
        AssertNamed(decision, assessed);
    }

    [Theory]
    [InlineData(null, DecisionCodes.FactMissing)]
    [InlineData(false, DecisionCodes.ForbiddenByRule)]
    [InlineData(true, DecisionCodes.Permitted)]
    public void Decide_ExemptionUnderACondition_CountsOnlyOnceItIsMet(bool? assessed, string code)
    {
        var decision = DecisionEngine.Decide(Under(Packs.Rule("a", "always", "EXEMPT", Needs), assessed));

        Assert.Equal(code, decision.Code);
        AssertNamed(decision, assessed);
    }

    [Fact]
    public void Decide_OverlayThatMayApplyAndHoldsBack_IsAMissingFact()
    {
        var rules = Packs.Rule("a", "always", "EXEMPT")
            + Packs.Rule("b", "{fact: transferImpactAssessmentDone, eq: false}", "", "kind: overlay\nmayProceedNow: false");

        AssertNamed(DecisionEngine.Decide(Under(rules, assessed: null)), assessed: null);
        Assert.Equal(DecisionCodes.ForbiddenByRule, DecisionEngine.Decide(Under(rules, assessed: false)).Code);
        Assert.Equal(DecisionCodes.Permitted, DecisionEngine.Decide(Under(rules, assessed: true)).Code);
    }

    private static void AssertNamed(Decision decision, bool? assessed)
    {
        if (assessed is null)
        {
            Assert.Equal(DenialKind.Indeterminate, decision.Kind);
            Assert.Equal(new MissingItem("fact", "transferImpactAssessmentDone", "exporter"), Assert.Single(decision.Missing));
            Assert.Equal(new RemedyChange("fact", "transferImpactAssessmentDone", "true"), Assert.Single(decision.Remedy!.Changes));
        }
    }

    private static DecisionInput Under(string rules, bool? assessed)
    {
        var input = Requests.Customs();
        return input with
        {
            Exporter = input.Exporter with { Pack = Packs.Of(rules, "CN") },
            DataSet = input.DataSet with
            {
                Facts = assessed is { } stated ? FactSet.Empty.With("transferImpactAssessmentDone", stated) : FactSet.Empty,
            },
        };
    }
}
