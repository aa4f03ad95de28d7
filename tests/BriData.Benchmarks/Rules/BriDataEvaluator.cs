using System.Collections.Immutable;
using System.Globalization;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Benchmarks.Rules;

/// <summary>The table as a rule pack of this platform: the verdict as callers get it, with the account of every rule looked at.</summary>
internal sealed class BriDataEvaluator(RuleTable table, CompiledRulePack pack) : IRuleEvaluator
{
    /// <summary>Day on which every request is decided.</summary>
    public static readonly DateOnly Day = new(2026, 6, 15);

    private static readonly ImmutableSortedDictionary<string, string> Text = ImmutableSortedDictionary<string, string>.Empty.Add("en", "A rule of the benchmark.");

    public string Name => "BriData";

    public int Decide(int request) => RowOf(pack.Evaluate(table.Requests[request], Day).DecidingRule);

    /// <summary>The row behind a rule of the pack; -1 for the built-in rule that stands in where none applies.</summary>
    public static int RowOf(string rule) =>
        rule.StartsWith('r') ? int.Parse(rule.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture) : -1;

    /// <summary>The table as a compiled pack.</summary>
    public static CompiledRulePack PackOf(RuleTable table) => CompiledRulePack.Compile(new RulePack
    {
        Jurisdiction = "SG",
        Version = "1",
        Title = Text,
        Disclaimer = RulePack.RequiredDisclaimer,
        LastChecked = Day,
        Source = ReadOnlyMemory<byte>.Empty,
        Rules = [.. table.Rows.Select(RuleOf)],
    });

    private static Rule RuleOf(RuleRow row) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"r{row.Number}"),
        Citation = new RuleCitation("Law of the benchmark", string.Create(CultureInfo.InvariantCulture, $"art. {row.Number}")),
        Certainty = "P+",
        LastChecked = Day,
        EffectiveFrom = new DateOnly(2026, 1, 1),
        When = new AllCondition([.. row.Tests.Select(ConditionOf)]),
        Outcome = row.Forbids ? RuleOutcome.Prohibited : RuleOutcome.FreeFlow,
        Texts = Text,
    };

    private static Condition ConditionOf(RowTest test)
    {
        var (comparison, values) = test.Kind switch
        {
            RowTestKind.OneOf => (ComparisonOperator.In, test.Codes.Select(FactValue.Of)),
            RowTestKind.HoldsAny => (ComparisonOperator.ContainsAny, test.Codes.Select(code => FactValue.OfSet([code]))),
            RowTestKind.Is => (ComparisonOperator.Eq, [FactValue.Of(test.Number != 0)]),
            RowTestKind.AtLeast => (ComparisonOperator.Gte, [FactValue.Of(test.Number)]),
            _ => (ComparisonOperator.Lt, [FactValue.Of(test.Number)]),
        };
        return new ComparisonCondition(test.Fact, comparison, new LiteralOperand([.. values]), WhenAbsent: null);
    }
}
