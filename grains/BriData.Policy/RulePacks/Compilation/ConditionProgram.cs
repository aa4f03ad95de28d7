using System.Diagnostics;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>All conditions of a pack, flattened; evaluates a condition by the index of its first node.</summary>
internal sealed class ConditionProgram(Node[] nodes, long[][] lists, string[][] texts, WorkingCalendar calendar)
{
    public ReadOnlySpan<Node> Nodes => nodes;

    /// <summary>The calendar that offsets in working days follow.</summary>
    public WorkingCalendar Calendar => calendar;

    public ReadOnlySpan<long> List(in Node node) => lists[node.Operand];

    public ReadOnlySpan<string> Texts(in Node node) => texts[node.Operand];

    public Truth Evaluate(int at, ReadOnlySpan<FactSlot> slots, FactSet facts)
    {
        ref readonly var node = ref nodes[at];
        switch (node.Kind)
        {
            case NodeKind.Always:
                return Truth.True;
            case NodeKind.Not:
                return Truth.True - (byte)Evaluate(at + 1, slots, facts);
            case NodeKind.All:
                return EvaluateAll(at, node.End, slots, facts);
            case NodeKind.Any:
                return EvaluateAny(at, node.End, slots, facts);
            default:
                return Compare(node, slots, facts);
        }
    }

    private Truth EvaluateAll(int at, int end, ReadOnlySpan<FactSlot> slots, FactSet facts)
    {
        var result = Truth.True;
        for (var part = at + 1; part < end; part = nodes[part].End)
        {
            var truth = Evaluate(part, slots, facts);
            if (truth == Truth.False)
            {
                return Truth.False;
            }

            result = truth < result ? truth : result;
        }

        return result;
    }

    private Truth EvaluateAny(int at, int end, ReadOnlySpan<FactSlot> slots, FactSet facts)
    {
        var result = Truth.False;
        for (var part = at + 1; part < end; part = nodes[part].End)
        {
            var truth = Evaluate(part, slots, facts);
            if (truth == Truth.True)
            {
                return Truth.True;
            }

            result = truth > result ? truth : result;
        }

        return result;
    }

    /// <summary>Evaluates a comparison node.</summary>
    public Truth Compare(in Node node, ReadOnlySpan<FactSlot> slots, FactSet facts)
    {
        ref readonly var slot = ref slots[node.Fact];
        if (slot.State == SlotState.Open)
        {
            return Truth.Unknown;
        }

        if (node.Kind == NodeKind.Known)
        {
            return (slot.State >= SlotState.Derived) == (node.A != 0) ? Truth.True : Truth.False;
        }

        if (slot.State < SlotState.Derived && !slot.SaidUnknown && node.WhenAbsent != 0)
        {
            return (Truth)(node.WhenAbsent - 1);
        }

        var truth = slot.State == SlotState.Unknown ? Truth.Unknown : Test(node, slot, slots, facts);
        return node.Negate ? Truth.True - (byte)truth : truth;
    }

    private Truth Test(in Node node, in FactSlot slot, ReadOnlySpan<FactSlot> slots, FactSet facts) => node.Kind switch
    {
        NodeKind.AtLeast => AtLeast(slot, node.A, node.A),
        NodeKind.Below => Truth.True - (byte)AtLeast(slot, node.A, node.A),
        NodeKind.Equal => Equal(slot, node.A, node.A),
        NodeKind.InMask => From(slot.Low >= 0 && (node.A & (1L << (int)slot.Low)) != 0),
        NodeKind.InList => From(Array.BinarySearch(lists[node.Operand], slot.Low) >= 0),
        NodeKind.SetAny => From((slot.Low & node.A) != 0),
        NodeKind.SetAll => From((slot.Low & node.A) == node.A),
        NodeKind.TextIn => From(TextOf(node, slot, facts) is { } text && texts[node.Operand].Contains(text, StringComparer.Ordinal)),
        NodeKind.TextPrefix => From(TextOf(node, slot, facts) is { } text && text.StartsWith(texts[node.Operand][0], StringComparison.Ordinal)),
        NodeKind.AtLeastFact or NodeKind.BelowFact or NodeKind.EqualFact => TestAgainstFact(node, slot, slots[node.OtherFact]),
        _ => throw new UnreachableException(),
    };

    private Truth TestAgainstFact(in Node node, in FactSlot slot, in FactSlot other)
    {
        if (other.State is SlotState.Unknown or SlotState.Open)
        {
            return Truth.Unknown;
        }

        var low = DateOffsets.Add(other.Low, node.A, node.Unit, calendar) + node.Operand;
        var high = other.Low == other.High ? low : DateOffsets.Add(other.High, node.A, node.Unit, calendar) + node.Operand;
        return node.Kind switch
        {
            NodeKind.AtLeastFact => AtLeast(slot, low, high),
            NodeKind.BelowFact => Truth.True - (byte)AtLeast(slot, low, high),
            _ => Equal(slot, low, high),
        };
    }

    // The value lies in [slot.Low, slot.High], the limit in [low, high].
    private static Truth AtLeast(in FactSlot slot, long low, long high) =>
        slot.Low >= high ? Truth.True : slot.High < low ? Truth.False : Truth.Unknown;

    private static Truth Equal(in FactSlot slot, long low, long high) =>
        slot.High < low || slot.Low > high ? Truth.False
        : slot.Low == slot.High && low == high ? Truth.True
        : Truth.Unknown;

    private static Truth From(bool value) => value ? Truth.True : Truth.False;

    private static string? TextOf(in Node node, in FactSlot slot, FactSet facts)
    {
        if (slot.State == SlotState.Assumed)
        {
            return null;
        }

        var at = facts.Find(FactCatalog.All[node.Fact]);
        return at >= 0 ? facts.Entries[at].Value.Text : null;
    }
}
