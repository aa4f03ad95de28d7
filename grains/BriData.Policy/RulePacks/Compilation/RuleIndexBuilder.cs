using System.Numerics;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Builds the <see cref="RuleIndex"/> of a pack.</summary>
internal sealed class RuleIndexBuilder(ConditionProgram program, IReadOnlyList<CompiledRule?> slotsOfRules)
{
    // Past this, a fact tells rules apart so finely that its rows would cost more memory than they save time.
    private const int MaxCells = 1024;

    private readonly int words = (slotsOfRules.Count + 63) / 64;
    private readonly SortedSet<long>?[] boundaries = new SortedSet<long>?[FactCatalog.All.Length];
    private readonly List<int>?[] readers = new List<int>?[FactCatalog.All.Length];
    private readonly bool[] readsAbsence = new bool[FactCatalog.All.Length];

    public RuleIndex Build()
    {
        for (var position = 0; position < slotsOfRules.Count; position++)
        {
            if (slotsOfRules[position] is { } rule)
            {
                Collect(position, rule.When);
            }
        }

        var rows = new List<(int Fact, long[] Boundaries, ulong[] Bits)>();
        for (var fact = 0; fact < boundaries.Length; fact++)
        {
            if (boundaries[fact] is { Count: < MaxCells } values)
            {
                rows.Add((fact, [.. values], RowsOf(fact, [.. values])));
            }
        }

        return Join([.. rows.OrderBy(row => Density(row.Bits)).ThenBy(row => row.Fact).Take(RuleIndex.MaxFacts)]);
    }

    private RuleIndex Join((int Fact, long[] Boundaries, ulong[] Bits)[] rows)
    {
        var facts = new RuleIndex.IndexedFact[rows.Length];
        var bits = new List<ulong>();
        for (var i = 0; i < rows.Length; i++)
        {
            facts[i] = new RuleIndex.IndexedFact(rows[i].Fact, rows[i].Boundaries, bits.Count, readsAbsence[rows[i].Fact]);
            bits.AddRange(rows[i].Bits);
        }

        return new RuleIndex(facts, [.. bits], words);
    }

    // Share of rules left; the fact that rules out most is asked first.
    private static double Density(ulong[] bits) => bits.Sum(word => (double)BitOperations.PopCount(word)) / bits.Length;

    private void Collect(int position, int root)
    {
        var nodes = program.Nodes;
        for (var at = root; at < nodes[root].End; at++)
        {
            ref readonly var node = ref nodes[at];
            readsAbsence[node.Fact] |= node.Kind == NodeKind.Known || node.WhenAbsent != 0;
            if (AddBoundaries(node))
            {
                var known = readers[node.Fact] ??= [];
                if (known.Count == 0 || known[^1] != position)
                {
                    known.Add(position);
                }
            }
        }
    }

    private bool AddBoundaries(in Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.AtLeast or NodeKind.Below:
                Bounds(node.Fact).Add(node.A);
                return true;
            case NodeKind.Equal:
                AddPoint(node.Fact, node.A);
                return true;
            case NodeKind.InMask:
                for (var ordinal = 0; ordinal <= FactCatalog.All[node.Fact].Values.Length; ordinal++)
                {
                    Bounds(node.Fact).Add(ordinal);
                }

                return true;
            case NodeKind.InList:
                foreach (var value in program.List(node))
                {
                    AddPoint(node.Fact, value);
                }

                return true;
            default:
                return false;
        }
    }

    private void AddPoint(int fact, long value)
    {
        Bounds(fact).Add(value);
        Bounds(fact).Add(value + 1);
    }

    private SortedSet<long> Bounds(int fact) => boundaries[fact] ??= [];

    private ulong[] RowsOf(int fact, long[] values)
    {
        var bits = new ulong[(values.Length + 1) * words];
        Array.Fill(bits, ulong.MaxValue);
        var slots = SlotTemplates.Open.AsSpan().ToArray();
        for (var cell = 0; cell <= values.Length; cell++)
        {
            slots[fact] = FactSlot.Exactly(cell == 0 ? values[0] - 1 : values[cell - 1], SlotState.Stated);
            foreach (var position in readers[fact]!)
            {
                if (program.Evaluate(slotsOfRules[position]!.When, slots, FactSet.Empty) == Truth.False)
                {
                    bits[(cell * words) + (position >> 6)] &= ~(1UL << (position & 63));
                }
            }
        }

        return bits;
    }
}
