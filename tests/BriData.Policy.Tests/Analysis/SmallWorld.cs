using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.Analysis;

/// <summary>A few facts with so few values that every case can be tried, and random packs over them.</summary>
internal sealed class SmallWorld
{
    private static readonly DateOnly Origin = new(2020, 1, 1);
    private static readonly RuleOutcome[] Outcomes = [RuleOutcome.Exempt, RuleOutcome.MechanismRequired, RuleOutcome.HumanReview, RuleOutcome.Prohibited];

    private SmallWorld(int days, int lastDay, Gen<Condition> comparison, params (string Fact, FactValue[] Values)[] facts)
    {
        IEnumerable<(FactSet, DateOnly)> cases = Enumerable.Range(0, days)
            .Select(day => (FactSet.Empty.With(FactNames.EventDate, Origin.AddDays(day)), Origin.AddDays(day)));
        foreach (var (fact, values) in facts)
        {
            cases = cases.SelectMany(each => values.Select(value => (each.Item1.With(fact, value), each.Item2)));
        }

        Cases = [.. cases];
        var rule =
            from condition in Condition(comparison, 2)
            from outcome in Gen.Int[0, Outcomes.Length - 1]
            from first in Gen.Int[0, lastDay]
            from length in Gen.Int[0, lastDay]
            from ends in Gen.Bool
            select Generators.NewRule(condition, Outcomes[outcome]) with
            {
                EffectiveFrom = Origin.AddDays(first),
                EffectiveTo = ends ? Origin.AddDays(first + length) : null,
            };
        Packs = rule.Array[1, 5].Select(rules => Generators.PackOf("SG", rules));
    }

    /// <summary>Flags, codes, sets and counts.</summary>
    public static SmallWorld Plain { get; } = new(
        4, 1, Gen.OneOf(
            Literal("ciio", [ComparisonOperator.Eq, ComparisonOperator.Ne], Gen.Bool.Select(FactValue.Of)),
            Literal("frequency", [ComparisonOperator.Eq, ComparisonOperator.NotIn], Gen.OneOf(Gen.Const("Occasional"), Gen.Const("Repeated")).Select(FactValue.Of)),
            Literal("safeguard", [ComparisonOperator.ContainsAny, ComparisonOperator.ContainsAll], Gen.Int[1, 3].Select(Safeguards)),
            Literal("recordCount", Ordered, Gen.Long[0, 4].Select(FactValue.Of)),
            Gen.Select(Gen.Int[0, Ordered.Length - 1], Gen.Bool, (at, turned) => (Condition)new ComparisonCondition(
                FactCatalog.Get(turned ? "recordCount" : "totalSubjectsProcessed"),
                Ordered[at],
                new FactOperand(FactCatalog.Get(turned ? "totalSubjectsProcessed" : "recordCount"), 0, OffsetUnit.None),
                null))),
        ("ciio", [FactValue.Of(false), FactValue.Of(true)]),
        ("frequency", [FactValue.Of("Occasional"), FactValue.Of("Repeated")]),
        ("safeguard", [.. Enumerable.Range(0, 4).Select(Safeguards)]),
        ("recordCount", [.. Enumerable.Range(0, 8).Select(count => FactValue.Of((long)count))]),
        ("totalSubjectsProcessed", [.. Enumerable.Range(0, 8).Select(count => FactValue.Of((long)count))]));

    /// <summary>Days compared with days.</summary>
    public static SmallWorld Dated { get; } = new(
        14, 3, Gen.OneOf(
            Literal("assessmentDate", Ordered, Gen.Int[0, 4].Select(Day)),
            Literal(FactNames.EventDate, Ordered, Gen.Int[0, 4].Select(Day)),
            Offset("assessmentDate", FactNames.EventDate),
            Offset("firstTransferDate", "assessmentDate"),
            Offset("firstTransferDate", FactNames.EventDate)),
        ("assessmentDate", [.. Enumerable.Range(-10, 28).Select(Day)]),
        ("firstTransferDate", [.. Enumerable.Range(-14, 36).Select(Day)]));

    public ImmutableArray<(FactSet Facts, DateOnly Day)> Cases { get; }

    public Gen<CompiledRulePack> Packs { get; }

    private static ComparisonOperator[] Ordered =>
        [ComparisonOperator.Eq, ComparisonOperator.Ne, ComparisonOperator.Gte, ComparisonOperator.Gt, ComparisonOperator.Lt, ComparisonOperator.Lte];

    private static FactValue Day(int day) => FactValue.Of(Origin.AddDays(day));

    private static FactValue Safeguards(int bits) =>
        FactValue.OfSet(new[] { "Bcr", "EuScc" }.Where((_, at) => (bits & (1 << at)) != 0));

    private static Gen<Condition> Literal(string fact, ComparisonOperator[] operators, Gen<FactValue> value) =>
        Gen.Select(Gen.Int[0, operators.Length - 1], value, (at, literal) => (Condition)new ComparisonCondition(
            FactCatalog.Get(fact), operators[at], new LiteralOperand([literal]), null));

    private static Gen<Condition> Offset(string fact, string other) =>
        Gen.Select(Gen.Int[0, Ordered.Length - 1], Gen.Int[-2, 2], (at, days) => (Condition)new ComparisonCondition(
            FactCatalog.Get(fact), Ordered[at], new FactOperand(FactCatalog.Get(other), days, OffsetUnit.Days), null));

    private static Gen<Condition> Condition(Gen<Condition> comparison, int depth) => depth == 0
        ? comparison
        : Gen.OneOf(
            comparison,
            Condition(comparison, depth - 1).Array[1, 3].Select(parts => (Condition)new AllCondition([.. parts])),
            Condition(comparison, depth - 1).Array[1, 3].Select(parts => (Condition)new AnyCondition([.. parts])),
            Condition(comparison, depth - 1).Select(part => (Condition)new NotCondition(part)));
}
