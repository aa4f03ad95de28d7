using System.Collections.Immutable;
using BriData.Policy.Analysis.Solving;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Checks;

/// <summary>Takes a case out of a region, puts it to the evaluator, and leaves out what it does not need.</summary>
internal sealed class ExampleBuilder(PackModel model)
{
    private readonly Dictionary<Rule, int> conditions = model.Rules.ToDictionary(
        rule => rule.Source, rule => rule.Condition, (IEqualityComparer<Rule>)ReferenceEqualityComparer.Instance);

    /// <summary>
    /// A case in which every given rule is in force and true and which <paramref name="bears"/> accepts; null when the
    /// evaluator sees it otherwise.
    /// </summary>
    public AnalysisExample? Build(Domains region, ImmutableArray<Rule> rules, Func<AnalysisExample, bool> bears)
    {
        var day = DayOf(region);
        var example = Evaluate(FactsOf(region), day);
        if (!bears(example) || !AllTrue(example, rules, EvaluationMode.StatedCase))
        {
            return null;
        }

        return Shorten(example, rules, bears);
    }

    private AnalysisExample Evaluate(FactSet facts, DateOnly day) => new(facts, day, model.Pack.Evaluate(facts, day));

    // A fact may go when nothing then rests on an assumption or on not knowing that did not rest on it before.
    private AnalysisExample Shorten(AnalysisExample full, ImmutableArray<Rule> rules, Func<AnalysisExample, bool> bears)
    {
        var isCertain = AllTrue(full, rules, EvaluationMode.Transfer);
        var shortest = full;
        foreach (var fact in full.Facts.Names)
        {
            var shorter = Evaluate(shortest.Facts.Without(fact), full.EventDate);
            if (bears(shorter)
                && shorter.Verdict.Assumptions.All(full.Verdict.Assumptions.Contains)
                && shorter.Verdict.MissingFacts.All(full.Verdict.MissingFacts.Contains)
                && AllTrue(shorter, rules, isCertain ? EvaluationMode.Transfer : EvaluationMode.StatedCase))
            {
                shortest = shorter;
            }
        }

        return shortest;
    }

    private bool AllTrue(AnalysisExample example, ImmutableArray<Rule> rules, EvaluationMode mode)
    {
        Span<FactSlot> slots = stackalloc FactSlot[FactCatalog.All.Length];
        SlotFiller.Fill(slots, example.Facts, example.EventDate, mode);
        var asImporter = slots[SlotIndexes.PackRole].Low == SlotIndexes.Importer;
        foreach (var rule in rules)
        {
            var isOnThisSide = rule.Role == RuleRole.Both || rule.Role == RuleRole.Importer == asImporter;
            if (!isOnThisSide || !rule.IsInForce(example.EventDate) || model.Program.Evaluate(conditions[rule], slots, example.Facts) != Truth.True)
            {
                return false;
            }
        }

        return true;
    }

    // The latest day that the author of the pack has looked at tells most; else the first there is.
    private DateOnly DayOf(Domains region)
    {
        var day = model.Day;
        DateOnly? first = null, best = null;
        for (var i = 0; i < day.Candidates.Length; i++)
        {
            if (region.Has(day, i))
            {
                var date = day.Candidates[i].Value!.AsDate();
                first ??= date;
                best = date <= model.Pack.Pack.LastChecked ? date : best;
            }
        }

        return best ?? first!.Value;
    }

    private FactSet FactsOf(Domains region)
    {
        var facts = FactSet.Empty;
        foreach (var group in model.Space.Variables.GroupBy(variable => variable.Fact))
        {
            if (group.Key.Index != SlotIndexes.EventDate && ValueOf(group.Key, [.. group], region) is { } value)
            {
                facts = facts.With(group.Key.Name, value);
            }
        }

        return facts;
    }

    private static FactValue? ValueOf(FactDefinition fact, ImmutableArray<Variable> variables, Domains region)
    {
        if (fact.Type != FactType.EnumerationSet)
        {
            return variables[0].Candidates[region.First(variables[0])].Value;
        }

        var isStated = variables.All(variable => variable.Role != VariableRole.Stated || region.Has(variable, 0));
        return isStated
            ? FactValue.OfSet(variables.Where(variable => variable.Role == VariableRole.Member && !region.Has(variable, 0))
                .SelectMany(variable => variable.Candidates[1].Value!.AsSet()))
            : null;
    }
}
