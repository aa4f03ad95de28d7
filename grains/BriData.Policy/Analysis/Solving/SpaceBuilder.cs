using System.Collections.Immutable;
using System.Numerics;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>Makes the variables of a pack: per fact its values, one for each kind that the pack tells apart.</summary>
internal sealed class SpaceBuilder
{
    private readonly List<Variable> variables = [];
    private readonly Dictionary<int, Variable> values = [];
    private readonly Dictionary<int, Variable> stated = [];
    private readonly Dictionary<int, ImmutableArray<(Variable Variable, long Mask)>> members = [];
    private readonly ConditionProgram program;
    private readonly FactReadings readings;
    private readonly HashSet<int> linked;
    private int words;

    public SpaceBuilder(ConditionProgram program, FactReadings readings, DateOnly firstDay, int limit, CancellationToken cancellation)
    {
        this.program = program;
        this.readings = readings;
        linked = [.. readings.Links.SelectMany(node => new int[] { node.Fact, node.OtherFact })];
        var numeric = new NumericCandidates(readings, program.Calendar, firstDay, limit, cancellation);
        IsCut = numeric.IsCut;
        foreach (var fact in readings.Facts)
        {
            if (fact.Type == FactType.EnumerationSet)
            {
                AddSet(fact);
            }
            else
            {
                AddValues(fact, fact.IsNumeric ? numeric.Of(fact) : ValueCandidates.Of(fact, program, readings.Of(fact)));
            }
        }
    }

    public ImmutableArray<Variable> Variables => [.. variables];

    public bool IsCut { get; }

    public Variable ValueOf(int fact) => values[fact];

    /// <summary>The variable for whether a set is stated; null where it always is.</summary>
    public Variable? StatedOf(int fact) => stated.GetValueOrDefault(fact);

    /// <summary>Which codes of a set are told apart; codes that every condition treats alike share a variable.</summary>
    public ImmutableArray<(Variable Variable, long Mask)> MembersOf(int fact) => members[fact];

    private void AddValues(FactDefinition fact, IEnumerable<FactValue> stating)
    {
        List<Candidate> candidates = [.. stating.Select(value => Candidate.Of(fact, value))];
        if (readings.ReadsAbsence(fact) || candidates.Count == 0)
        {
            candidates.Add(Candidate.Unstated(fact));
        }

        values[fact.Index] = Add(fact, VariableRole.Value, linked.Contains(fact.Index) ? [.. candidates] : Merge(fact, candidates));
    }

    private ImmutableArray<Candidate> Merge(FactDefinition fact, List<Candidate> candidates)
    {
        var slots = SlotTemplates.Open.AsSpan().ToArray();
        var nodes = readings.Of(fact);
        var groups = candidates.GroupBy(candidate =>
        {
            slots[fact.Index] = candidate.Slot;
            return (candidate.Value is null, string.Concat(nodes.Select(node => (int)program.Compare(node, slots, candidate.Alone))));
        });
        return [.. groups.Select(group => group.First() with { Members = [.. group.SelectMany(candidate => candidate.Members)] })];
    }

    private void AddSet(FactDefinition fact)
    {
        var groups = Enumerable.Range(0, fact.Values.Length)
            .GroupBy(code => string.Join(',', readings.Of(fact).Select((node, at) => (node.A & (1L << code)) == 0 ? "" : Mark(node, at, code))))
            .Where(group => group.Key.Any(letter => letter != ','));
        members[fact.Index] = [.. groups.Select(group => (
            Add(fact, VariableRole.Member, [Holding(fact, []), Holding(fact, [.. group])]),
            group.Aggregate(0L, (mask, code) => mask | (1L << code))))];
        if (readings.ReadsAbsence(fact))
        {
            stated[fact.Index] = Add(fact, VariableRole.Stated, [Holding(fact, []), Candidate.Unstated(fact)]);
        }
    }

    // Where several codes must be there at once, each of them is told apart.
    private static string Mark(in Node node, int at, int code) => node.Kind switch
    {
        NodeKind.SetAny => $"{at}",
        NodeKind.SetAll when BitOperations.PopCount((ulong)node.A) == 1 => $"{at}",
        NodeKind.SetAll => $"{at}#{code}",
        _ => "",
    };

    private static Candidate Holding(FactDefinition fact, int[] codes) =>
        Candidate.Of(fact, FactValue.OfSet(codes.Take(1).Select(code => fact.Values[code]))) with
        {
            Members = [.. codes.Select(code => fact.Values[code])],
        };

    private Variable Add(FactDefinition fact, VariableRole role, ImmutableArray<Candidate> candidates)
    {
        var variable = new Variable(variables.Count, words, fact, role, candidates);
        variables.Add(variable);
        words += variable.Words;
        return variable;
    }
}
