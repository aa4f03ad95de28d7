using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// Turns compiled conditions into formulas over the variables. What a comparison gives for a value is asked of the
/// compiled condition itself, so the two cannot disagree.
/// </summary>
internal sealed class FormulaBuilder(ConditionProgram program, SpaceBuilder space, CancellationToken cancellation)
{
    private readonly FactSlot[] slots = SlotTemplates.Open.AsSpan().ToArray();
    private readonly Dictionary<(int, int, long, int, int, bool, byte, NodeKind), Formula> links = [];

    /// <summary>The formula of the condition whose first node this is.</summary>
    public Formula Build(int at)
    {
        ref readonly var node = ref program.Nodes[at];
        return node.Kind switch
        {
            NodeKind.Always => JunctionFormula.Always,
            NodeKind.Not => new NotFormula(Build(at + 1)),
            NodeKind.All => new JunctionFormula(true, Parts(at)),
            NodeKind.Any => new JunctionFormula(false, Parts(at)),
            _ when FactCatalog.All[node.Fact].Type == FactType.EnumerationSet => OfSet(node),
            >= NodeKind.AtLeastFact when node.Fact != node.OtherFact => OfTwo(node),
            _ => OfOne(node),
        };
    }

    private ImmutableArray<Formula> Parts(int at)
    {
        var parts = ImmutableArray.CreateBuilder<Formula>();
        for (var part = at + 1; part < program.Nodes[at].End; part = program.Nodes[part].End)
        {
            parts.Add(Build(part));
        }

        return parts.ToImmutable();
    }

    private ValueFormula OfOne(Node node)
    {
        var variable = space.ValueOf(node.Fact);
        return new ValueFormula(variable, i => Compare(node, variable.Candidates[i]));
    }

    private Formula OfTwo(Node node)
    {
        var key = (node.Fact, node.OtherFact, node.A, (int)node.Unit, node.Operand, node.Negate, node.WhenAbsent, node.Kind);
        if (!links.TryGetValue(key, out var link))
        {
            var (left, right) = (space.ValueOf(node.Fact), space.ValueOf(node.OtherFact));
            links[key] = link = new LinkFormula(left, right, (i, j) =>
            {
                // Counting working days for every pair of days can take long in a pack made for it.
                cancellation.ThrowIfCancellationRequested();
                slots[node.OtherFact] = right.Candidates[j].Slot;
                return Compare(node, left.Candidates[i]);
            });
        }

        return link;
    }

    private Formula OfSet(Node node)
    {
        Formula holds = JunctionFormula.Always;
        if (node.Kind != NodeKind.Known)
        {
            ImmutableArray<Formula> codes = [.. space.MembersOf(node.Fact)
                .Where(member => (member.Mask & node.A) != 0)
                .Select(member => new ValueFormula(member.Variable, static i => i == 1 ? Truth.True : Truth.False))];
            holds = new JunctionFormula(node.Kind == NodeKind.SetAll, codes);
        }

        var whenStated = node.Kind == NodeKind.Known && node.A == 0 ? new NotFormula(holds) : holds;
        if (space.StatedOf(node.Fact) is not { } stated)
        {
            return whenStated;
        }

        var otherwise = Compare(node, stated.Candidates[1]);
        return JunctionFormula.Any(
            JunctionFormula.All(new ValueFormula(stated, static i => i == 0 ? Truth.True : Truth.False), whenStated),
            new ValueFormula(stated, i => i == 0 ? Truth.False : otherwise));
    }

    private Truth Compare(in Node node, Candidate candidate)
    {
        slots[node.Fact] = candidate.Slot;
        return program.Compare(node, slots, candidate.Alone);
    }
}
