using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Finds comparisons that come out the same whatever value is stated.</summary>
internal static class ConstantCheck
{
    public static void Run(AnalysisRun run, ImmutableArray<RuleReach> reach)
    {
        var found = new Dictionary<string, (bool IsTrue, List<Rule> Rules)>(StringComparer.Ordinal);
        var known = new Dictionary<ComparisonCondition, bool?>(ReferenceEqualityComparer.Instance);
        for (var at = 0; at < reach.Length; at++)
        {
            // A rule that never matches has been told of already.
            var rule = run.Model.Rules[at].Source;
            foreach (var comparison in reach[at].Box is null ? [] : Comparisons(rule.When).Concat(Comparisons(rule.MayProceedNow)))
            {
                if (!known.TryGetValue(comparison, out var constant))
                {
                    known[comparison] = constant = ConstantOf(run.Model, comparison);
                }

                if (constant is { } isTrue)
                {
                    var text = ConditionText.Of(comparison);
                    var rules = found.TryGetValue(text, out var earlier) ? earlier.Rules : (found[text] = (isTrue, [])).Rules;
                    if (!rules.Contains(rule))
                    {
                        rules.Add(rule);
                    }
                }
            }
        }

        foreach (var (text, (isTrue, rules)) in found)
        {
            run.Report(AnalysisKind.ConstantComparison, [.. rules], $"{text} is {(isTrue ? "always" : "never")} true, whatever is stated.");
        }
    }

    private static IEnumerable<ComparisonCondition> Comparisons(Condition? condition) => condition switch
    {
        AllCondition all => all.Parts.SelectMany(Comparisons),
        AnyCondition any => any.Parts.SelectMany(Comparisons),
        NotCondition not => Comparisons(not.Part),
        ComparisonCondition comparison => [comparison],
        _ => [],
    };

    // Sets have no such comparisons; the day and the role are held by the dates and roles of rules.
    private static bool? ConstantOf(PackModel model, ComparisonCondition comparison)
    {
        if (comparison.Operator == ComparisonOperator.Known
            || comparison.Operand is FactOperand
            || comparison.Fact.Type == FactType.EnumerationSet
            || comparison.Fact.Name is FactNames.EventDate or FactNames.PackRole)
        {
            return null;
        }

        var builder = new ProgramBuilder(model.Pack.Pack.Calendar);
        var node = builder.Add(comparison);
        var program = builder.Build();
        var slots = SlotTemplates.Open.AsSpan().ToArray();
        var truths = new HashSet<Truth>();
        foreach (var candidate in model.Space.Variables.First(variable => variable.Fact == comparison.Fact).Candidates)
        {
            if (candidate.Value is not null)
            {
                slots[comparison.Fact.Index] = candidate.Slot;
                truths.Add(program.Compare(program.Nodes[node], slots, candidate.Alone));
            }
        }

        return truths.Count == 1 ? truths.Contains(Truth.True) : null;
    }
}
