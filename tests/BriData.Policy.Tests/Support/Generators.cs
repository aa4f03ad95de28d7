using System.Collections.Immutable;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using CsCheck;

namespace BriData.Policy.Tests.Support;

/// <summary>Random facts, packs and requests.</summary>
internal static class Generators
{
    /// <summary>Facts that random conditions read.</summary>
    public static readonly ImmutableArray<FactDefinition> Read =
    [
        .. new[] { "ciio", "coreData", "localCopyKept", "exporterKind", "necessity", "adequacyStatus", "personalInfoSubjectsSinceJan1", "recordCount", "safeguard", "recipientCountry" }
            .Select(FactCatalog.Get),
    ];

    private static readonly FactDefinition[] Stated =
    [
        .. new[] { "ciio", "exporterKind", "necessity", "originOfData", "domesticDataIntroduced", "labourRulesOrCollectiveContract", "dataKind", "importantData", "subjects", "exporterInFtz", "negativeList" }
            .Select(FactCatalog.Get),
    ];

    private static readonly string[] Countries = ["CN", "KZ", "SG", "US"];

    /// <summary>One of these.</summary>
    public static Gen<T> Among<T>(IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(i => values[i]);

    public static Gen<FactValue> Value(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => Gen.Bool.Select(FactValue.Of),
        FactType.Integer => Gen.OneOf(Gen.Long[0, 20], Gen.OneOf(Gen.Const(9_999L), Gen.Const(10_000L), Gen.Const(99_999L), Gen.Const(100_000L), Gen.Const(999_999L), Gen.Const(1_000_000L))).Select(FactValue.Of),
        FactType.Enumeration => Gen.Int[0, fact.Values.Length - 1].Select(i => FactValue.Of(fact.Values[i])),
        FactType.EnumerationSet => Gen.Int[0, fact.Values.Length - 1].Array[0, 3].Select(codes => FactValue.OfSet(codes.Select(i => fact.Values[i]))),
        FactType.Country => Gen.Int[0, Countries.Length - 1].Select(i => FactValue.Of(Countries[i])),
        _ => Gen.Int[0, 2000].Select(days => FactValue.Of(new DateOnly(2022, 1, 1).AddDays(days))),
    };

    /// <summary>A set that states each of the facts or does not.</summary>
    public static Gen<FactSet> Facts(IReadOnlyList<FactDefinition> of) =>
        of.Aggregate(Gen.Const(FactSet.Empty), (known, fact) => Gen.Select(known, Gen.Bool, Value(fact)).Select(
            (facts, stated, value) => stated ? facts.With(fact.Name, value) : facts));

    public static Gen<Condition> Comparison { get; } =
        Gen.Int[0, Read.Length - 1].SelectMany(i => Compare(Read[i]));

    public static Gen<Condition> Condition(int depth) => depth == 0
        ? Comparison
        : Gen.OneOf(
            Comparison,
            Condition(depth - 1).Array[1, 3].Select(parts => (Condition)new AllCondition([.. parts])),
            Condition(depth - 1).Array[1, 3].Select(parts => (Condition)new AnyCondition([.. parts])),
            Condition(depth - 1).Select(part => (Condition)new NotCondition(part)));

    private static readonly RuleOutcome[] Outcomes = Enum.GetValues<RuleOutcome>();

    public static Gen<Rule> Rule { get; } =
        from condition in Condition(2)
        from outcome in Gen.Int[0, Outcomes.Length - 1]
        from overlay in Gen.Int[0, 5]
        select NewRule(condition, Outcomes[outcome], overlay == 0 && !Outcomes[outcome].IsPermissive() ? RuleKind.Overlay : RuleKind.Base);

    public static Gen<CompiledRulePack> Pack(int min, int max) => Rule.Array[min, max].Select(rules => PackOf("CN", rules));

    public static Rule NewRule(Condition when, RuleOutcome outcome, RuleKind kind = RuleKind.Base) => new()
    {
        Id = "r",
        Citation = new RuleCitation("Law", ""),
        Certainty = "P+",
        LastChecked = new DateOnly(2026, 1, 1),
        EffectiveFrom = new DateOnly(2020, 1, 1),
        Kind = kind,
        When = when,
        Outcome = outcome,
        Mechanisms = outcome is RuleOutcome.MechanismRequired or RuleOutcome.PriorApprovalRequired ? ["SCC"] : [],
        Texts = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("en", "t")]),
    };

    public static CompiledRulePack PackOf(string jurisdiction, IEnumerable<Rule> rules) => CompiledRulePack.Compile(new RulePack
    {
        Jurisdiction = jurisdiction,
        Version = "1",
        Title = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("en", "t")]),
        Disclaimer = RulePack.RequiredDisclaimer,
        LastChecked = new DateOnly(2026, 1, 1),
        Rules = [.. rules.Select((rule, index) => rule with { Id = $"r{index}" })],
        Source = ReadOnlyMemory<byte>.Empty,
    });

    /// <summary>Requests from China to Kazakhstan under the shipped packs.</summary>
    public static Gen<DecisionInput> Requests { get; } =
        from mark in Gen.Int[0, 6]
        from grade in Gen.Int[0, 2]
        from categories in Gen.OneOf(Gen.Const(0), Gen.Int[0, (1 << 13) - 1])
        from purpose in Gen.Int[0, Vocabulary.Purposes.Length - 1]
        from stated in Facts(Stated)
        from totals in Facts([FactCatalog.Get(FactNames.PersonalSubjects), FactCatalog.Get(FactNames.SensitiveSubjects)])
        from mechanisms in Gen.Int[0, 9].Array[0, 2]
        from recognised in Gen.Bool
        from maxLevel in Gen.Int[2, 5]
        select Request(mark, grade, categories, purpose, stated, totals, mechanisms, recognised, maxLevel);

    private static readonly string[] Routes =
        ["CN_SECURITY_ASSESSMENT", "CN_STANDARD_CONTRACT", "CN_PI_CERTIFICATION", "CN_GBA_STANDARD_CONTRACT", "REGULATOR_LICENCE"];

    private static DecisionInput Request(
        int mark, int grade, int categories, int purpose, FactSet stated, FactSet totals, int[] mechanisms, bool recognised, int maxLevel)
    {
        var input = Support.Requests.Customs();
        var scheme = input.DataSet.Scheme!;
        foreach (var route in mechanisms.Where(route => route < Routes.Length))
        {
            input = input.WithMechanism(Routes[route], "CN", new DateOnly(2025, 1, 1));
        }

        return input.WithGrant(grant => grant with { Purposes = Vocabulary.Purposes, MaxLevel = (SecurityLevel)maxLevel }) with
        {
            DataSet = input.DataSet with
            {
                Mark = scheme.Marks[mark].Code,
                Grade = (EconomicGrade)grade,
                Categories = (PersonalCategories)categories,
                Facts = stated,
            },
            Agreement = input.WithGrant(grant => grant with { Purposes = Vocabulary.Purposes, MaxLevel = (SecurityLevel)maxLevel }).Agreement with
            {
                Recognitions = recognised
                    ? [.. scheme.Marks.Select(each => new Recognition("CN", each.Code, each.Level, new DateOnly(2025, 1, 1), null))]
                    : [],
            },
            Purpose = Vocabulary.Purposes[purpose],
            PlatformFacts = totals,
        };
    }

    private static Gen<Condition> Compare(FactDefinition fact)
    {
        ComparisonOperator[] operators = fact.Type switch
        {
            FactType.Boolean => [ComparisonOperator.Eq, ComparisonOperator.Ne],
            FactType.Integer => [ComparisonOperator.Eq, ComparisonOperator.Gte, ComparisonOperator.Gt, ComparisonOperator.Lt, ComparisonOperator.Lte],
            FactType.EnumerationSet => [ComparisonOperator.ContainsAny, ComparisonOperator.ContainsAll],
            _ => [ComparisonOperator.Eq, ComparisonOperator.Ne, ComparisonOperator.In, ComparisonOperator.NotIn],
        };
        return
            from chosen in Gen.Int[0, operators.Length - 1]
            from values in Value(fact).Array[1, 3]
            select (Condition)new ComparisonCondition(
                fact,
                operators[chosen],
                new LiteralOperand(operators[chosen] is ComparisonOperator.In or ComparisonOperator.NotIn or ComparisonOperator.ContainsAny or ComparisonOperator.ContainsAll
                    ? [.. values]
                    : [values[0]]),
                null);
    }
}
