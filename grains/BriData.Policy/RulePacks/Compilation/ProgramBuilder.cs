using System.Collections.Immutable;
using System.Diagnostics;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Flattens conditions into a <see cref="ConditionProgram"/>.</summary>
internal sealed class ProgramBuilder(WorkingCalendar calendar)
{
    private readonly List<Node> nodes = [];
    private readonly List<long[]> lists = [];
    private readonly List<string[]> texts = [];

    /// <summary>Appends a condition and gives the index of its first node.</summary>
    public int Add(Condition condition)
    {
        var at = nodes.Count;
        nodes.Add(default);
        var node = condition switch
        {
            AlwaysCondition => new Node { Kind = NodeKind.Always },
            AllCondition all => Parts(NodeKind.All, all.Parts),
            AnyCondition any => Parts(NodeKind.Any, any.Parts),
            NotCondition not => Parts(NodeKind.Not, [not.Part]),
            ComparisonCondition comparison => Comparison(comparison),
            _ => throw new UnreachableException(),
        };
        node.End = nodes.Count;
        nodes[at] = node;
        return at;
    }

    public ConditionProgram Build() => new([.. nodes], [.. lists], [.. texts], calendar);

    private Node Parts(NodeKind kind, ImmutableArray<Condition> parts)
    {
        foreach (var part in parts)
        {
            Add(part);
        }

        return new Node { Kind = kind };
    }

    private Node Comparison(ComparisonCondition comparison)
    {
        var node = comparison.Operand is FactOperand other
            ? AgainstFact(comparison.Operator, other)
            : AgainstLiterals(comparison.Fact, comparison.Operator, ((LiteralOperand)comparison.Operand).Values);
        node.Fact = (short)comparison.Fact.Index;
        node.WhenAbsent = comparison.WhenAbsent switch
        {
            null => 0,
            AbsentResult.False => 1 + (byte)Truth.False,
            AbsentResult.Unknown => 1 + (byte)Truth.Unknown,
            _ => 1 + (byte)Truth.True,
        };
        return node;
    }

    private static Node AgainstFact(ComparisonOperator comparison, FactOperand other)
    {
        // On whole numbers a > b is a ≥ b + 1, and a ≤ b is a < b + 1; Operand carries the 1.
        var (kind, negate, shift) = comparison switch
        {
            ComparisonOperator.Gte => (NodeKind.AtLeastFact, false, false),
            ComparisonOperator.Lt => (NodeKind.BelowFact, false, false),
            ComparisonOperator.Gt => (NodeKind.AtLeastFact, false, true),
            ComparisonOperator.Lte => (NodeKind.BelowFact, false, true),
            ComparisonOperator.Eq => (NodeKind.EqualFact, false, false),
            _ => (NodeKind.EqualFact, true, false),
        };
        return new Node
        {
            Kind = kind,
            Negate = negate,
            OtherFact = (short)other.Fact.Index,
            A = other.Offset,
            Unit = other.Unit,
            Operand = shift ? 1 : 0,
        };
    }

    private Node AgainstLiterals(FactDefinition fact, ComparisonOperator comparison, ImmutableArray<FactValue> values) =>
        comparison switch
        {
            ComparisonOperator.Known => new Node { Kind = NodeKind.Known, A = values[0].Number },
            ComparisonOperator.Gte => new Node { Kind = NodeKind.AtLeast, A = values[0].Number },
            ComparisonOperator.Gt => new Node { Kind = NodeKind.AtLeast, A = values[0].Number + 1 },
            ComparisonOperator.Lt => new Node { Kind = NodeKind.Below, A = values[0].Number },
            ComparisonOperator.Lte => new Node { Kind = NodeKind.Below, A = values[0].Number + 1 },
            ComparisonOperator.Contains or ComparisonOperator.ContainsAny => new Node { Kind = NodeKind.SetAny, A = Mask(fact, values) },
            ComparisonOperator.ContainsAll => new Node { Kind = NodeKind.SetAll, A = Mask(fact, values) },
            ComparisonOperator.StartsWith => Text(NodeKind.TextPrefix, values),
            ComparisonOperator.Ne or ComparisonOperator.NotIn => Membership(fact, values) with { Negate = true },
            _ => Membership(fact, values),
        };

    private Node Membership(FactDefinition fact, ImmutableArray<FactValue> values)
    {
        switch (fact.Type)
        {
            case FactType.Text:
                return Text(NodeKind.TextIn, values);
            case FactType.Enumeration:
                var mask = 0L;
                foreach (var value in values)
                {
                    mask |= 1L << fact.OrdinalOf(value.Text);
                }

                return new Node { Kind = NodeKind.InMask, A = mask };
            case FactType.Country:
                lists.Add([.. values.Select(value => Encode(fact, value)).Order()]);
                return new Node { Kind = NodeKind.InList, Operand = lists.Count - 1 };
            default:
                return new Node { Kind = NodeKind.Equal, A = values[0].Number };
        }
    }

    private Node Text(NodeKind kind, ImmutableArray<FactValue> values)
    {
        texts.Add([.. values.Select(value => value.Text)]);
        return new Node { Kind = kind, Operand = texts.Count - 1 };
    }

    private static long Mask(FactDefinition fact, ImmutableArray<FactValue> values)
    {
        var mask = 0L;
        foreach (var value in values)
        {
            FactBinding.Bind(fact, value, out var bits);
            mask |= bits;
        }

        return mask;
    }

    private static long Encode(FactDefinition fact, FactValue value)
    {
        FactBinding.Bind(fact, value, out var bits);
        return bits;
    }
}
