using System.Text.Json;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.Decisions;

public sealed class DecisionPropertyTests
{
    private const int Cases = 10_000;

    [Fact]
    public void Decide_Twice_IsEqualToTheByte()
    {
        Generators.Requests.Sample(input => Assert.Equal(Json(DecisionEngine.Decide(input)), Json(DecisionEngine.Decide(Copy(input)))));
    }

    [Fact]
    public void Decide_ProhibitionAddedToAnyPack_NeverTurnsADenialIntoAPermission()
    {
        var cases =
            from input in Generators.Requests
            from pack in Generators.Pack(1, 10)
            from when in Generators.Condition(1)
            from at in Gen.Int[0, 10]
            from overlay in Gen.Bool
            select (input, pack, when, at, overlay);
        cases.Sample(sample =>
        {
            var (input, pack, when, at, overlay) = sample;
            var ban = Generators.NewRule(when, RuleOutcome.Prohibited, overlay ? RuleKind.Overlay : RuleKind.Base);
            var rules = pack.Pack.Rules.Insert(Math.Min(at, pack.Pack.Rules.Length), ban);
            var before = input with { Exporter = input.Exporter with { Pack = pack } };
            var after = input with { Exporter = input.Exporter with { Pack = Generators.PackOf("CN", rules) } };

            Assert.True(Outcome(before) != DecisionOutcome.Deny || Outcome(after) == DecisionOutcome.Deny);
        }, iter: Cases);
    }

    [Fact]
    public void Decide_CountForgotten_NeverPermitsWhatAValueOfItDenies()
    {
        Gen.Select(Generators.Requests, Gen.Bool, Gen.Long[0, 2_000_000]).Sample((input, sensitive, count) =>
        {
            var name = sensitive ? FactNames.SensitiveSubjects : FactNames.PersonalSubjects;

            Assert.True(
                Outcome(input with { PlatformFacts = input.PlatformFacts.Without(name) })
                >= Outcome(input with { PlatformFacts = input.PlatformFacts.With(name, count) }));
        }, iter: Cases);
    }

    [Fact]
    public void Decide_AnyRequest_HoldsItsOwnShape()
    {
        Generators.Requests.Sample(input =>
        {
            var decision = DecisionEngine.Decide(input);
            var denied = decision.Outcome == DecisionOutcome.Deny;

            Assert.Equal(denied, decision.Kind is not null);
            Assert.True(denied || decision.Missing.IsEmpty);
            Assert.Equal(decision.Outcome == DecisionOutcome.ApprovalRequired, !decision.Approvals.IsEmpty);
            Assert.True(denied || decision.Remedy is null);
            Assert.Contains(decision.Code, DecisionCodes.All);
            Assert.NotEmpty(decision.Rules);
            Assert.Equal(decision.Obligations.Order(StringComparer.Ordinal), decision.Obligations);
            Assert.True(decision.Kind != DenialKind.Indeterminate || decision.Missing.Any(item => item.Kind == "fact"));
        });
    }

    private static DecisionOutcome Outcome(DecisionInput input) => DecisionBuilder.Outcome(DecisionEngine.Judge(input, tells: false));

    private static string Json(Decision decision) => JsonSerializer.Serialize(decision);

    private static DecisionInput Copy(DecisionInput input) => input with
    {
        DataSet = input.DataSet with { Facts = FactSet.Parse(input.DataSet.Facts.ToCanonicalJson()).Facts! },
        PlatformFacts = FactSet.Parse(input.PlatformFacts.ToCanonicalJson()).Facts!,
    };
}
