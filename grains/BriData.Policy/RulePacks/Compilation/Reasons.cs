using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// Which facts gave a condition its value: of a false <c>all</c> the first false part, of a true <c>any</c> the first
/// true part, otherwise every part that shares the value. For an unknown condition these are the unknown facts.
/// </summary>
internal static class Reasons
{
    public static Truth Of(
        ConditionProgram program, int at, ReadOnlySpan<FactSlot> slots, FactSet facts, ref FactMask reasons)
    {
        // Nearly every rule that does not apply fails by one part of an "all", found here without evaluating it twice.
        ref readonly var node = ref program.Nodes[at];
        if (node.Kind == NodeKind.All)
        {
            for (var part = at + 1; part < node.End; part = program.Nodes[part].End)
            {
                if (program.Evaluate(part, slots, facts) == Truth.False)
                {
                    Add(program, part, Truth.False, slots, facts, ref reasons);
                    return Truth.False;
                }
            }
        }

        var truth = program.Evaluate(at, slots, facts);
        Add(program, at, truth, slots, facts, ref reasons);
        return truth;
    }

    private static void Add(
        ConditionProgram program, int at, Truth truth, ReadOnlySpan<FactSlot> slots, FactSet facts, ref FactMask reasons)
    {
        ref readonly var node = ref program.Nodes[at];
        switch (node.Kind)
        {
            case NodeKind.Always:
                break;
            case NodeKind.Not:
                Add(program, at + 1, Truth.True - (byte)truth, slots, facts, ref reasons);
                break;
            case NodeKind.All or NodeKind.Any:
                AddParts(program, at, truth, slots, facts, ref reasons);
                break;
            default:
                AddComparison(node, truth, slots, ref reasons);
                break;
        }
    }

    private static void AddParts(
        ConditionProgram program, int at, Truth truth, ReadOnlySpan<FactSlot> slots, FactSet facts, ref FactMask reasons)
    {
        ref readonly var node = ref program.Nodes[at];
        var firstOnly = truth == (node.Kind == NodeKind.All ? Truth.False : Truth.True);
        for (var part = at + 1; part < node.End; part = program.Nodes[part].End)
        {
            if (program.Evaluate(part, slots, facts) == truth)
            {
                Add(program, part, truth, slots, facts, ref reasons);
                if (firstOnly)
                {
                    return;
                }
            }
        }
    }

    private static void AddComparison(in Node node, Truth truth, ReadOnlySpan<FactSlot> slots, ref FactMask reasons)
    {
        var againstFact = node.Kind >= NodeKind.AtLeastFact;
        if (truth != Truth.Unknown || !againstFact || !slots[node.Fact].IsExact)
        {
            reasons.Add(node.Fact);
        }

        if (againstFact && (truth != Truth.Unknown || !slots[node.OtherFact].IsExact))
        {
            reasons.Add(node.OtherFact);
        }
    }
}
