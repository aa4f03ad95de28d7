using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>What the conditions of a pack read of each fact.</summary>
internal sealed class FactReadings
{
    private readonly Dictionary<int, List<Node>> byFact = [];
    private readonly HashSet<int> absences = [];

    /// <param name="program">All conditions.</param>
    /// <param name="packNodes">How many of its nodes are the pack's own; only these say what absence means.</param>
    public FactReadings(ConditionProgram program, int packNodes)
    {
        var at = 0;
        foreach (ref readonly var node in program.Nodes)
        {
            if (node.Kind >= NodeKind.Known)
            {
                Add(node.Fact, node);
                if (at < packNodes && (node.Kind == NodeKind.Known || node.WhenAbsent != 0))
                {
                    absences.Add(node.Fact);
                }

                if (node.Kind >= NodeKind.AtLeastFact)
                {
                    Add(node.OtherFact, null);
                    Links.Add(node);
                }
            }

            at++;
        }

        Facts = [.. byFact.Keys.Order().Select(index => FactCatalog.All[index])];
    }

    /// <summary>The facts, in order.</summary>
    public ImmutableArray<FactDefinition> Facts { get; }

    /// <summary>Comparisons of two facts.</summary>
    public List<Node> Links { get; } = [];

    /// <summary>The comparisons of a fact.</summary>
    public IReadOnlyList<Node> Of(FactDefinition fact) => byFact[fact.Index];

    public bool Reads(string fact) => byFact.ContainsKey(FactCatalog.Get(fact).Index);

    /// <summary>True when the pack says what it means that nobody stated the fact. The day is always stated.</summary>
    public bool ReadsAbsence(FactDefinition fact) => fact.Index != SlotIndexes.EventDate && absences.Contains(fact.Index);

    private void Add(int fact, Node? node)
    {
        var nodes = byFact.TryGetValue(fact, out var known) ? known : byFact[fact] = [];
        if (node is { } comparison)
        {
            nodes.Add(comparison);
        }
    }
}
