using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// The numbers and days that matter. Every comparison is a lower bound that a constant or another value sets, or its
/// negation, so whenever values exist that make the comparisons come out in some way, the least such values do too; and
/// each of these is a bound of its type, a constant, or the image of another one along a chain of comparisons. Exact,
/// save for chains that lead back to the same fact through months of different length.
/// </summary>
internal sealed class NumericCandidates
{
    // Far past what a law compares; keeps a hostile pack from filling memory.
    private const int MaxImages = 500_000;

    private readonly Dictionary<int, SortedSet<long>> values = [];
    private readonly Dictionary<int, long> least = [];
    private readonly List<NumericLink> links;
    private readonly int limit;
    private readonly CancellationToken cancellation;
    private int images;

    /// <param name="readings">What the pack reads.</param>
    /// <param name="calendar">The pack's working days.</param>
    /// <param name="firstDay">First day that is looked at.</param>
    /// <param name="limit">Most values of one fact.</param>
    /// <param name="cancellation">Stops the work.</param>
    public NumericCandidates(FactReadings readings, WorkingCalendar calendar, DateOnly firstDay, int limit, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.limit = limit;
        links = [.. readings.Links.Select(node => NumericLink.Of(node, calendar)).Where(link => link.Fact != link.Other).Distinct()];
        var constants = new Dictionary<int, SortedSet<long>>();
        foreach (var fact in readings.Facts.Where(fact => fact.IsNumeric))
        {
            constants[fact.Index] = [.. Constants(readings, fact)];
            values[fact.Index] = [];
        }

        // INVARIANT: below every constant by more than all offsets together, so that no chain ends before its time.
        var anchor = constants.Where(pair => FactCatalog.All[pair.Key].Type == FactType.Date).SelectMany(pair => pair.Value)
            .Append(firstDay.DayNumber).Min() - links.Sum(link => link.Reach + 2) - 1;
        foreach (var fact in constants.Keys)
        {
            least[fact] = FactCatalog.All[fact].Type == FactType.Integer ? 0 : fact == SlotIndexes.EventDate ? firstDay.DayNumber : Math.Max(0, anchor);
            constants[fact].Add(least[fact]);
        }

        foreach (var (fact, starts) in constants)
        {
            foreach (var start in starts)
            {
                Follow(fact, start, []);
            }
        }
    }

    /// <summary>True when a limit left values out.</summary>
    public bool IsCut { get; private set; }

    public IEnumerable<FactValue> Of(FactDefinition fact) => values[fact.Index].Select(value =>
        fact.Type == FactType.Date ? FactValue.Of(DateOnly.FromDayNumber((int)value)) : FactValue.Of(value));

    private static IEnumerable<long> Constants(FactReadings readings, FactDefinition fact)
    {
        foreach (var node in readings.Of(fact))
        {
            if (node.Kind is NodeKind.AtLeast or NodeKind.Below or NodeKind.Equal)
            {
                yield return node.A;
                if (node.Kind == NodeKind.Equal)
                {
                    yield return node.A + 1;
                }
            }
        }
    }

    private void Follow(int fact, long value, List<int> path)
    {
        if (value < least[fact] || value > Greatest(fact))
        {
            return;
        }

        IsCut |= ++images > MaxImages || values[fact].Count >= limit;
        if (IsCut)
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        values[fact].Add(value);
        path.Add(fact);
        foreach (var link in links)
        {
            var next = link.Fact == fact ? link.Other : link.Fact;
            if ((link.Fact == fact || link.Other == fact) && !path.Contains(next))
            {
                foreach (var image in link.Fact == fact ? link.Backward(value) : link.Forward(value))
                {
                    Follow(next, image, path);
                }
            }
        }

        path.RemoveAt(path.Count - 1);
    }

    private static long Greatest(int fact) =>
        FactCatalog.All[fact].Type == FactType.Integer ? FactBinding.MaxInteger : DateOnly.MaxValue.DayNumber;
}
