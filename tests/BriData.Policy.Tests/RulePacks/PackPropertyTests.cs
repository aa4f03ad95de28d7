using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.RulePacks;

public sealed class PackPropertyTests
{
    private static readonly DateOnly Day = new(2026, 6, 15);

    [Fact]
    public void Evaluate_AnyPack_AgreesWithThePlainReading()
    {
        Gen.Select(Generators.Pack(1, 150), Generators.Facts(Generators.Read)).Sample(
            AssertAgrees, iter: 2000, print: pair => $"{pair.Item2}");
    }

    [Fact]
    public void Evaluate_LargePack_AgreesWithThePlainReading()
    {
        Gen.Select(Generators.Pack(400, 600), Generators.Facts(Generators.Read)).Sample(
            AssertAgrees, iter: 50, print: pair => $"{pair.Item2}");
    }

    [Fact]
    public void Evaluate_FactForgotten_IsNeverLooserThanAnyValueOfIt()
    {
        var cases =
            from pack in Generators.Pack(1, 12)
            from facts in Generators.Facts(Generators.Read)
            from fact in Gen.Int[0, Generators.Read.Length - 1]
            from value in Generators.Value(Generators.Read[fact])
            select (pack, facts, Generators.Read[fact].Name, value);

        cases.Sample(
            sample =>
            {
                var (pack, facts, name, value) = sample;
                var forgotten = pack.Evaluator.Evaluate(facts.Without(name), Day, EvaluationMode.Transfer);
                var known = pack.Evaluator.Evaluate(facts.With(name, value), Day, EvaluationMode.Transfer);

                // A pack without an answer is not comparable with one that has one.
                Assert.True(
                    known.Decided is null || forgotten.Decided is null
                    || VerdictBuilder.StrictnessOf(forgotten) >= VerdictBuilder.StrictnessOf(known));
            },
            iter: 5000,
            print: sample => $"{sample.facts} without {sample.Name}, against {sample.value}");
    }

    [Fact]
    public void Evaluate_PermissiveVerdict_NeverDependsOnAMissingFact()
    {
        Gen.Select(Generators.Pack(1, 12), Generators.Facts(Generators.Read)).Sample(
            (pack, facts) =>
            {
                var verdict = pack.Evaluate(facts, Day);
                Assert.True(verdict.MayProceedNow != true || !verdict.Outcome.IsPermissive() || verdict.MissingFacts.IsEmpty);
                Assert.All(verdict.MissingFacts, name => Assert.False(facts.TryGet(name, out var value) && value.AsText() != "Unknown"));
            },
            iter: 3000);
    }

    [Fact]
    public void Evaluate_Twice_IsEqual()
    {
        Gen.Select(Generators.Pack(1, 20), Generators.Facts(Generators.Read)).Sample((pack, facts) =>
            Assert.Equal(Describe(pack.Evaluate(facts, Day)), Describe(pack.Evaluate(FactSet.Parse(facts.ToCanonicalJson()).Facts!, Day))));
    }

    private static void AssertAgrees(CompiledRulePack pack, FactSet facts)
    {
        var expected = Reference.Read(pack.Pack, facts);
        var actual = pack.Evaluator.Evaluate(facts, Day, EvaluationMode.Transfer);

        Assert.Equal(expected.Decided, actual.Decided?.Rule.Source.Id);
        Assert.Equal(expected.Possible, (actual.Possible ?? []).Select(hit => hit.Rule.Source.Id));
        Assert.Equal(expected.Overlays, (actual.Overlays ?? []).Select(hit => hit.Rule.Source.Id));
    }

    private static string Describe(PackVerdict verdict) =>
        $"{verdict.Outcome} {verdict.MayProceedNow} {verdict.DecidingRule} {string.Join(',', verdict.MissingFacts)} "
        + string.Join('|', verdict.Rules.Select(rule => $"{rule.Id} {rule.Result} {rule.Outcome} {string.Join(',', rule.DecidedBy)}"));
}
