using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>The values of facts that are neither numbers nor sets.</summary>
internal static class ValueCandidates
{
    /// <summary>
    /// Every value of a closed list, the assumed one first, or texts of every kind that the pack can tell apart. The code
    /// <c>Unknown</c> is left out: stating it is stating nothing.
    /// </summary>
    public static IEnumerable<FactValue> Of(FactDefinition fact, ConditionProgram program, IReadOnlyList<Node> nodes)
    {
        IEnumerable<FactValue> values = fact.Type switch
        {
            FactType.Boolean => [FactValue.Of(false), FactValue.Of(true)],
            FactType.Enumeration => fact.Values.Where(code => code != FactDefinition.UnknownCode).Select(FactValue.Of),
            FactType.Country => (fact.AllowsNone ? [FactDefinition.NoneCode] : Enumerable.Empty<string>()).Concat(CountryCodes.All).Select(FactValue.Of),
            FactType.Text => Texts(fact, program, nodes),
            FactType.IntegerList => [FactValue.OfIntegers([])],
            // Flows are judged one by one, each as a case without flows.
            _ => [],
        };
        return values.OrderByDescending(value => value.Equals(fact.AssumedWhenAbsent));
    }

    // A text is told apart by the list that holds it, or by the longest prefix that it begins with.
    private static IEnumerable<FactValue> Texts(FactDefinition fact, ConditionProgram program, IReadOnlyList<Node> nodes)
    {
        var listed = new SortedSet<string>(StringComparer.Ordinal);
        var others = new List<string> { "AQ-OTHER", "other" };
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.TextIn)
            {
                listed.UnionWith(program.Texts(node).ToArray());
            }
            else if (node.Kind == NodeKind.TextPrefix)
            {
                var prefix = program.Texts(node)[0];
                listed.Add(prefix);
                others.AddRange([prefix + "OTHER", prefix + "-OTHER"]);
            }
        }

        return others.Concat(listed).Select(FactValue.Of).Where(value => FactBinding.Bind(fact, value, out _) is null);
    }
}
