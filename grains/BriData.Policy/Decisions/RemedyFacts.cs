using System.Globalization;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>Changes of facts worth trying.</summary>
internal static class RemedyFacts
{
    /// <summary>Every value worth trying for a fact that nobody stated.</summary>
    public static IEnumerable<RemedyCandidate> ValuesOf(string name, DateOnly day, DecisionContext context)
    {
        var fact = FactCatalog.Get(name);
        return fact.Type switch
        {
            FactType.Boolean => [State(name, FactValue.Of(false), "false"), State(name, FactValue.Of(true), "true")],
            FactType.Enumeration => fact.Values
                .Where(code => code != FactDefinition.UnknownCode)
                .Select(code => State(name, FactValue.Of(code), code)),
            FactType.EnumerationSet => fact.Values.Select(code => State(name, FactValue.OfSet([code]), code)),
            FactType.Integer => Counts(fact, context).Select(count => State(name, FactValue.Of(count), Text(count))),
            FactType.Date => [State(name, FactValue.Of(day), IsoDate.Write(day))],
            _ => [],
        };
    }

    /// <summary>Facts that an exemption before the deciding rule lacks.</summary>
    public static IEnumerable<RemedyCandidate> OpenExemptions(DateOnly day, DecisionContext context)
    {
        foreach (var law in Laws(context))
        {
            var missing = default(FactMask);
            MissingFactFinder.Collect(
                law.Pack.Evaluator, law.Evaluation, day, EvaluationMode.Transfer, hit => hit.Rule.Strictness == 0, ref missing);
            foreach (var name in missing.ToNames())
            {
                foreach (var candidate in ValuesOf(name, day, context))
                {
                    yield return candidate;
                }
            }
        }
    }

    /// <summary>Running totals brought just below a threshold of the law.</summary>
    public static IEnumerable<RemedyCandidate> FewerPersons(DecisionContext context)
    {
        foreach (var law in Laws(context))
        {
            foreach (var name in (string[])[FactNames.PersonalSubjects, FactNames.SensitiveSubjects])
            {
                if (law.Evaluation.Facts.TryGet(name, out var stated))
                {
                    foreach (var count in Counts(FactCatalog.Get(name), context))
                    {
                        if (count < stated.AsInteger())
                        {
                            yield return State(name, FactValue.Of(count), Text(count));
                        }
                    }
                }
            }
        }
    }

    /// <summary>The change by which the fact has this value.</summary>
    public static RemedyCandidate State(string name, FactValue value, string shown) => new(
        new RemedyChange("fact", name, shown),
        $"if {name} is {shown}",
        request => request with { PlatformFacts = request.PlatformFacts.With(name, value) });

    public static List<LawReading> Laws(DecisionContext context)
    {
        var laws = new List<LawReading>();
        foreach (var law in (LawReading?[])[context.ExporterLaw, context.ImporterLaw])
        {
            if (law is not null)
            {
                laws.Add(law);
            }
        }

        return laws;
    }

    /// <summary>The numbers at which a rule of this law changes its mind about a count.</summary>
    public static IEnumerable<long> Thresholds(FactDefinition fact, LawReading law)
    {
        var thresholds = new List<long>();
        foreach (ref readonly var node in law.Pack.Evaluator.Program.Nodes)
        {
            if (node.Fact == fact.Index && node.Kind is NodeKind.AtLeast or NodeKind.Below && node.A > 0)
            {
                thresholds.Add(node.A);
            }
        }

        return thresholds;
    }

    // The largest numbers under each threshold first: the least that must change.
    private static SortedSet<long> Counts(FactDefinition fact, DecisionContext context)
    {
        var counts = new SortedSet<long>(Comparer<long>.Create(static (a, b) => b.CompareTo(a))) { 0 };
        foreach (var law in Laws(context))
        {
            counts.UnionWith(Thresholds(fact, law).Select(threshold => threshold - 1));
        }

        return counts;
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
