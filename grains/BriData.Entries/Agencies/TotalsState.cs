using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BriData.Contracts.Agencies;

namespace BriData.Entries.Agencies;

/// <summary>
/// Persons whose data the agency has exported, by day, and those of transfers that are being decided. Persons counted by
/// number add up, which is the safe side; persons named by a keyed hash count once.
/// </summary>
internal sealed class TotalsState
{
    private const int MaxWindows = 16;
    private const long MaxPersons = (1L << 53) - 1;

    private readonly Dictionary<(bool Sensitive, DateOnly From), Window> _windows = [];

    /// <summary>Persons of permitted transfers by day.</summary>
    public SortedDictionary<DateOnly, DayTotals> Days { get; set; } = [];

    /// <summary>Reservations that are not settled, by name.</summary>
    public Dictionary<string, TotalsReserved> Open { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Rough number of objects, for the snapshot's cost.</summary>
    [JsonIgnore]
    public int Weight => Open.Count + Days.Values.Sum(d => (d.GeneralKeys.Count + d.SensitiveKeys.Count) / 64);

    public void Apply(TotalsReserved reserved) => Open[reserved.Reservation] = reserved;

    public void Apply(TotalsSettled settled)
    {
        if (!Open.Remove(settled.Reservation, out var reserved) || settled.Outcome == "released")
        {
            return;
        }

        if (!Days.TryGetValue(reserved.Day, out var day))
        {
            Days[reserved.Day] = day = new DayTotals();
        }

        day.Add(reserved, exempt: settled.Outcome == "exempt");
        foreach (var ((sensitive, from), window) in _windows)
        {
            if (reserved.Day >= from && settled.Outcome != "exempt")
            {
                window.Add(sensitive ? reserved.Sensitive : reserved.General, (sensitive ? reserved.SensitiveKeys : reserved.GeneralKeys) ?? []);
            }
        }
    }

    /// <summary>Each total, with the persons of one transfer apart.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="reservation">The reservation of the same transfer, which does not count as another; null for none.</param>
    public TotalsAnswer Answer(TotalsQuery query, string? reservation) =>
        new([.. query.Counters.Select(counter => Answer(counter, query, reservation))]);

    private CounterAnswer Answer(CounterQuery counter, TotalsQuery query, string? reservation)
    {
        switch (counter.Counts)
        {
            case CountedPersons.Exempt:
                return new CounterAnswer(counter.Fact, Days.Where(d => d.Key >= counter.From).Aggregate(0L, (sum, d) => Sum(sum, d.Value.Exempt)), 0);
            case CountedPersons.All:
                var general = Answer(counter with { Counts = CountedPersons.General }, query, reservation);
                var sensitive = Answer(counter with { Counts = CountedPersons.Sensitive }, query, reservation);
                return new CounterAnswer(counter.Fact, Sum(general.Before, sensitive.Before), general.Added + sensitive.Added);
            default:
                return Count(counter, query, reservation);
        }
    }

    private CounterAnswer Count(CounterQuery counter, TotalsQuery query, string? reservation)
    {
        var sensitive = counter.Counts == CountedPersons.Sensitive;
        var window = WindowOf(sensitive, counter.From);
        var before = Sum(window.Declared, window.Keys.Count);
        HashSet<string>? reservedKeys = null;
        foreach (var (name, open) in Open)
        {
            if (name == reservation || open.Day < counter.From)
            {
                continue;
            }

            before = Sum(before, sensitive ? open.Sensitive : open.General);
            foreach (var key in (sensitive ? open.SensitiveKeys : open.GeneralKeys) ?? [])
            {
                if (!window.Keys.Contains(key) && (reservedKeys ??= new(StringComparer.Ordinal)).Add(key))
                {
                    before++;
                }
            }
        }

        long? added = counter.Counts == query.Kind ? null : 0;
        if (query.Persons is { } persons)
        {
            var keys = sensitive ? persons.SensitiveKeys : persons.GeneralKeys;
            added = (sensitive ? persons.Sensitive : persons.General)
                + keys.Count(key => !window.Keys.Contains(key) && reservedKeys?.Contains(key) != true);
        }

        return new CounterAnswer(counter.Fact, before, added);
    }

    /// <summary>A sum that stops at the largest number a fact can have; more persons than that do not exist.</summary>
    public static long Sum(long left, long right) => Math.Min(left + right, MaxPersons);

    private Window WindowOf(bool sensitive, DateOnly from)
    {
        if (_windows.TryGetValue((sensitive, from), out var known))
        {
            return known;
        }

        if (_windows.Count >= MaxWindows)
        {
            _windows.Clear();
        }

        var window = new Window();
        foreach (var (day, totals) in Days)
        {
            if (day >= from)
            {
                window.Add(sensitive ? totals.Sensitive : totals.General, sensitive ? totals.SensitiveKeys : totals.GeneralKeys);
            }
        }

        return _windows[(sensitive, from)] = window;
    }

    /// <summary>The sum from one day on, so that a question does not go through the year.</summary>
    private sealed class Window
    {
        public long Declared { get; private set; }

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public void Add(long declared, IEnumerable<string> keys)
        {
            Declared = Sum(Declared, declared);
            Keys.UnionWith(keys);
        }
    }
}

/// <summary>Persons of the transfers of one day.</summary>
internal sealed class DayTotals
{
    public long General { get; set; }

    public long Sensitive { get; set; }

    /// <summary>Persons in flows that the law leaves out; added up.</summary>
    public long Exempt { get; set; }

    public HashSet<string> GeneralKeys { get; set; } = new(StringComparer.Ordinal);

    public HashSet<string> SensitiveKeys { get; set; } = new(StringComparer.Ordinal);

    public void Add(TotalsReserved reserved, bool exempt)
    {
        ImmutableArray<string> general = reserved.GeneralKeys ?? [];
        ImmutableArray<string> sensitive = reserved.SensitiveKeys ?? [];
        if (exempt)
        {
            Exempt = TotalsState.Sum(Exempt, TotalsState.Sum(reserved.General, reserved.Sensitive) + general.Length + sensitive.Length);
            return;
        }

        General = TotalsState.Sum(General, reserved.General);
        Sensitive = TotalsState.Sum(Sensitive, reserved.Sensitive);
        GeneralKeys.UnionWith(general);
        SensitiveKeys.UnionWith(sensitive);
    }
}
