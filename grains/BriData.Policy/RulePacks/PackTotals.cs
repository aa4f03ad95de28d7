using System.Collections.Immutable;
using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks;

/// <summary>
/// The running totals that a law counts per exporter. The platform keeps them and states them as facts; nobody else may.
/// </summary>
/// <param name="SensitiveCategories">Personal categories whose persons count as sensitive, sorted ordinally; all others count as general.</param>
/// <param name="Counters">What is counted, in the order of the document.</param>
public sealed record PackTotals(ImmutableArray<string> SensitiveCategories, ImmutableArray<TotalCounter> Counters)
{
    /// <summary>A law that counts nothing.</summary>
    public static readonly PackTotals None = new([], []);
}

/// <summary>One total.</summary>
/// <param name="Fact">The fact that states it: the persons counted before, and those of the transfer being judged.</param>
/// <param name="Counts">Which persons it counts.</param>
/// <param name="Window">From which day on.</param>
public sealed record TotalCounter(FactDefinition Fact, CountedPersons Counts, TotalWindow Window);

/// <summary>Which persons a total counts.</summary>
public enum CountedPersons
{
    /// <summary>Persons of whom nothing sensitive was exported by the transfer.</summary>
    General,

    Sensitive,

    /// <summary>General and sensitive.</summary>
    All,

    /// <summary>Persons in flows that the law leaves out of the other totals.</summary>
    Exempt,
}

/// <summary>The days a total covers: from a fixed day, the start of a year, or some months back. Exactly one is set.</summary>
/// <param name="YearsBack">From 1 January of the running year (0) or of an earlier one.</param>
/// <param name="Months">From so many months before the day of the transfer.</param>
/// <param name="Since">From this day.</param>
public readonly record struct TotalWindow(int? YearsBack, int? Months, DateOnly? Since)
{
    /// <summary>The first day that counts for a transfer on <paramref name="day"/>.</summary>
    public DateOnly FirstDay(DateOnly day) =>
        YearsBack is { } years ? new DateOnly(Math.Max(1, day.Year - years), 1, 1)
        : Months is { } months ? day.AddMonths(-months).AddDays(1)
        : Since!.Value;
}
