using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Benchmarks.Rules;

/// <summary>
/// A table of rules such as a pack of many sectoral laws would have, and requests for it; the same seed gives the same
/// table on every machine. Each rule names destinations and purposes and reads two to four further facts. Prohibitions
/// stand before permissions, so that "the first that applies decides" and Cedar's "a prohibition overrides" mean the same.
/// </summary>
/// <param name="Rows">The rules in order.</param>
/// <param name="Requests">The requests; each states every fact that a rule may read.</param>
internal sealed record RuleTable(ImmutableArray<RuleRow> Rows, ImmutableArray<FactSet> Requests)
{
    private const int Seed = 20260615;
    private const double ShareOfProhibitions = 0.3;

    /// <summary>Share of the requests that are made for a rule; the others meet one only by chance.</summary>
    private const double ShareMadeForARule = 0.8;

    private static readonly long[] Thresholds = [10, 100, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 10_000_000];

    private static readonly ImmutableArray<string> Countries =
    [
        .. from a in Enumerable.Range('A', 26) from b in Enumerable.Range('A', 26) let code = $"{(char)a}{(char)b}" where CountryCodes.IsCountry(code) select code,
    ];

    public static RuleTable Make(int rules, int requests)
    {
        var random = new Random(Seed);
        var prohibitions = (int)(rules * ShareOfProhibitions);
        ImmutableArray<RuleRow> rows = [.. Enumerable.Range(0, rules).Select(number => Row(random, number, number < prohibitions))];
        return new RuleTable(rows, [.. Enumerable.Range(0, requests).Select(_ => Request(random, rows))]);
    }

    private static RuleRow Row(Random random, int number, bool forbids)
    {
        var tests = new List<RowTest>
        {
            new(TableFacts.Destination, RowTestKind.OneOf, Some(random, Countries, 3), 0),
            new(TableFacts.Purpose, RowTestKind.OneOf, Some(random, Vocabulary.Purposes, 2), 0),
        };
        var others = TableFacts.Others.ToArray();
        random.Shuffle(others);
        tests.AddRange(others.Take(random.Next(2, 5)).Select(fact => Test(random, fact)));
        return new RuleRow(number, forbids, [.. tests]);
    }

    private static RowTest Test(Random random, FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => new RowTest(fact, RowTestKind.Is, [], random.Next(2)),
        FactType.Integer => new RowTest(fact, random.Next(2) == 0 ? RowTestKind.AtLeast : RowTestKind.Below, [], Thresholds[random.Next(Thresholds.Length)]),
        FactType.EnumerationSet => new RowTest(fact, RowTestKind.HoldsAny, Some(random, TableFacts.ValuesOf(fact), 3), 0),
        _ => new RowTest(fact, RowTestKind.OneOf, Some(random, TableFacts.ValuesOf(fact), 2), 0),
    };

    private static FactSet Request(Random random, ImmutableArray<RuleRow> rows)
    {
        var facts = FactSet.Empty
            .With(TableFacts.Destination.Name, Any(random, Countries))
            .With(TableFacts.Purpose.Name, Any(random, Vocabulary.Purposes));
        facts = TableFacts.Others.Aggregate(facts, (stated, fact) => stated.With(fact.Name, ValueOf(random, fact)));
        return random.NextDouble() < ShareMadeForARule
            ? rows[random.Next(rows.Length)].Tests.Aggregate(facts, (stated, test) => stated.With(test.Fact.Name, ValueFor(random, test)))
            : facts;
    }

    private static FactValue ValueOf(Random random, FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => FactValue.Of(random.Next(2) == 0),
        FactType.Integer => FactValue.Of((long)Math.Pow(10, 1 + (6.5 * random.NextDouble()))),
        FactType.EnumerationSet => FactValue.OfSet(Some(random, TableFacts.ValuesOf(fact), 3)),
        _ => FactValue.Of(Any(random, TableFacts.ValuesOf(fact))),
    };

    private static FactValue ValueFor(Random random, RowTest test) => test.Kind switch
    {
        RowTestKind.OneOf => FactValue.Of(Any(random, test.Codes)),
        RowTestKind.HoldsAny => FactValue.OfSet([Any(random, test.Codes), Any(random, TableFacts.ValuesOf(test.Fact))]),
        RowTestKind.Is => FactValue.Of(test.Number != 0),
        RowTestKind.AtLeast => FactValue.Of(test.Number + random.NextInt64(test.Number)),
        _ => FactValue.Of(random.NextInt64(1, test.Number)),
    };

    private static string Any(Random random, ImmutableArray<string> codes) => codes[random.Next(codes.Length)];

    private static ImmutableArray<string> Some(Random random, ImmutableArray<string> codes, int most) =>
        [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Any(random, codes)).Distinct(StringComparer.Ordinal)];
}
