using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.RulePacks;

/// <summary>The cases of every shipped pack stand on both sides of each number and each day at which its law turns.</summary>
public sealed class PackBoundaryTests
{
    // Rules from here on are asleep until somebody finds the law enacted.
    private static readonly DateOnly Asleep = new(2090, 1, 1);

    public static TheoryData<string> Jurisdictions => [.. BuiltInPacks.All.Select(pack => pack.Jurisdiction)];

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Tests_EveryThreshold_HasACaseOnEachSide(string jurisdiction)
    {
        var pack = Packs.Get(jurisdiction).Pack;

        var missing =
            from rule in Awake(pack)
            from comparison in Comparisons(rule)
            where comparison.Fact.Type == FactType.Integer
            from value in Sides(comparison, limit => limit.AsInteger()!.Value)
            where !pack.Tests.Any(test => rule.IsInForce(test.EventDate) && States(test, comparison.Fact, value))
            select $"{rule.Id}: {comparison.Fact.Name} {value}";

        None(missing.Distinct());
    }

    [Theory]
    [MemberData(nameof(Jurisdictions))]
    public void Tests_EveryDayOnWhichTheLawChanges_HasACaseOnItAndOnTheDayBefore(string jurisdiction)
    {
        var pack = Packs.Get(jurisdiction).Pack;
        var tested = pack.Tests.Select(test => test.EventDate).ToHashSet();

        var missing =
            from day in DaysOfChange(pack)
            from side in (DateOnly[])[day.AddDays(-1), day]
            where !tested.Contains(side)
            select side;

        None(missing.Distinct().Order().Select(IsoDate));
    }

    [Fact]
    public void Thresholds_OfShippedPacks_AreThere() =>
        Assert.True(BuiltInPacks.All.Sum(pack => Awake(Packs.Get(pack.Jurisdiction).Pack).SelectMany(Comparisons).Count(each => each.Fact.Type == FactType.Integer)) > 10);

    private static IEnumerable<Rule> Awake(RulePack pack) => pack.Rules.Where(rule => rule.Kind == RuleKind.Base && rule.EffectiveFrom < Asleep);

    // Days that begin or follow the term of a base rule, or with which its condition compares the day of the transfer. The
    // first day of all is no change: before it the pack holds no law.
    private static IEnumerable<DateOnly> DaysOfChange(RulePack pack)
    {
        var rules = Awake(pack).ToList();
        var first = rules.Min(rule => rule.EffectiveFrom);
        var terms = rules.Select(rule => rule.EffectiveFrom)
            .Concat(rules.Where(rule => rule.EffectiveTo is not null).Select(rule => rule.EffectiveTo!.Value.AddDays(1)));
        var compared = rules.SelectMany(Comparisons)
            .Where(comparison => comparison.Fact.Name == FactNames.EventDate)
            .SelectMany(comparison => Sides(comparison, limit => limit.AsDate()!.Value.DayNumber).Select(number => DateOnly.FromDayNumber((int)number)).Skip(1));
        return terms.Concat(compared).Where(day => first < day).Distinct();
    }

    // The last value on one side of the comparison and the first on the other.
    private static long[] Sides(ComparisonCondition comparison, Func<FactValue, long> number)
    {
        if (comparison.Operand is not LiteralOperand { Values: [var limit] })
        {
            return [];
        }

        return comparison.Operator switch
        {
            ComparisonOperator.Gte or ComparisonOperator.Lt => [number(limit) - 1, number(limit)],
            ComparisonOperator.Gt or ComparisonOperator.Lte => [number(limit), number(limit) + 1],
            _ => [],
        };
    }

    private static bool States(PackTestCase test, FactDefinition fact, long value) =>
        test.Facts.TryGet(fact.Name, out var stated) && stated.AsInteger() == value;

    private static IEnumerable<ComparisonCondition> Comparisons(Rule rule) =>
        Comparisons(rule.When).Concat(rule.MayProceedNow is { } proceed ? Comparisons(proceed) : []);

    private static IEnumerable<ComparisonCondition> Comparisons(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.SelectMany(Comparisons),
        AnyCondition any => any.Parts.SelectMany(Comparisons),
        NotCondition not => Comparisons(not.Part),
        ComparisonCondition comparison => [comparison],
        _ => [],
    };

    private static void None(IEnumerable<string> missing)
    {
        var all = string.Join("\n", missing);
        Assert.True(all.Length == 0, $"No case for\n{all}");
    }

    private static string IsoDate(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
