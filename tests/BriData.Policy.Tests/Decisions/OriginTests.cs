using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.Decisions;

/// <summary>Conditions inherited from where data came from.</summary>
public sealed class OriginTests
{
    private static readonly DataOrigin Singapore = new("SG/customs/lines", "SG", "cn-sg", "all", [], ["KEEP_RECORDS"]);

    [Fact]
    public void Decide_OriginThatNamesNobody_HoldsTheDataAndNamesTheWayOut()
    {
        var decision = DecisionEngine.Decide(With(Singapore));

        Assert.Equal((DecisionCodes.OnwardNotAllowed, DenialKind.NotPermitted), (decision.Code, decision.Kind));
        var change = Assert.Single(decision.Remedy!.Changes);
        Assert.Equal(("agreement", "cn-sg.grants.all.onwardTo", "KZ"), (change.Kind, change.Name, change.Value));
    }

    [Theory]
    [InlineData("SG", "KZ")]
    [InlineData("KZ", "")]
    public void Decide_OriginThatLetsItGoOrIsTheImporter_PassesAndItsObligationsTravel(string country, string onward)
    {
        var decision = DecisionEngine.Decide(With(Singapore with { Country = country, OnwardTo = onward.Length > 0 ? [onward] : [] }));

        Assert.NotEqual(DecisionOutcome.Deny, decision.Outcome);
        Assert.Contains("KEEP_RECORDS", decision.Obligations);
    }

    [Fact]
    public void Decide_ReceivedUnderTheGreaterBayAreaContract_NeverLeavesTheArea()
    {
        var decision = DecisionEngine.Decide(With(Singapore with { OnwardTo = ["KZ"], Obligations = ["NO_ONWARD_OUTSIDE_GBA"] }));

        Assert.Equal(DecisionCodes.OnwardNotAllowed, decision.Code);
    }

    [Theory]
    [InlineData(SecurityLevel.Internal, DecisionCodes.Permitted)]
    [InlineData(SecurityLevel.Restricted, DecisionCodes.LevelTooHigh)]
    [InlineData(SecurityLevel.Top, DecisionCodes.MarkNotRecognised)]
    public void Decide_InheritedLevel_CountsAsTheMarksOwn(SecurityLevel inherited, string code)
    {
        var input = Requests.Customs().WithGrant(grant => grant with { MaxLevel = SecurityLevel.Internal });

        var decision = DecisionEngine.Decide(input with { DataSet = input.DataSet with { MinLevel = inherited } });

        Assert.Equal(code, decision.Code);
    }

    [Fact]
    public void Decide_TotalsBeyondWhatAFactCanHold_AreTheLargestNumberAndNoFailure()
    {
        var input = Requests.Customs() with { Totals = [new RunningTotal(BriData.Policy.Facts.FactNames.PersonalSubjects, (1L << 53) - 1, (1L << 53) - 1)] };

        Assert.NotNull(DecisionEngine.Decide(input));
    }

    [Fact]
    public void Decide_InheritedStateSecret_IsJudgedAsOne()
    {
        var input = Requests.Customs();

        var decision = DecisionEngine.Decide(input with { DataSet = input.DataSet with { InheritedStateSecret = true } });

        Assert.Equal(DecisionCodes.MarkNotRecognised, decision.Code);
        Assert.Contains(decision.Rules, rule => rule.Id == "cn-0a-state-secret" && rule.Result == "matched");
    }

    [Fact]
    public void Decide_AnotherOriginOrHigherInheritedLevel_NeverLoosens() =>
        Gen.Select(Exchanges.All, Gen.Int[0, 5], Gen.Bool, Gen.Bool).Sample(
            (input, level, names, addOrigin) =>
            {
                var stricter = input.DataSet with
                {
                    MinLevel = (SecurityLevel)level,
                    Origins = addOrigin ? [Singapore with { OnwardTo = names ? [input.Importer.Country] : [] }] : [],
                };

                Assert.True(Denied(input with { DataSet = stricter }) || !Denied(input));
            },
            iter: 10_000,
            print: sample => Exchanges.Describe(sample.Item1));

    private static bool Denied(DecisionInput input) => DecisionEngine.Judge(input, tells: false).Denial is not null;

    private static DecisionInput With(DataOrigin origin)
    {
        var input = Requests.Customs();
        return input with { DataSet = input.DataSet with { Origins = [origin] } };
    }
}
