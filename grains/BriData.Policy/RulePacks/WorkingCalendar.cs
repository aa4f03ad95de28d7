using System.Collections.Immutable;

namespace BriData.Policy.RulePacks;

/// <summary>
/// Which days a law counts as working days. Immutable and safe to share. Arithmetic takes the same time over a week and
/// over a century: days are ranked, not walked.
/// </summary>
public sealed class WorkingCalendar
{
    private const int Week = 7;

    // The working days of a week that begins on Monday, as offsets from it; how many of them lie on or before each day.
    private readonly int[] daysOfWeek;
    private readonly int[] upTo = new int[Week];

    // Holidays that would be working days: their day numbers, and the rank of the first working day behind each.
    private readonly long[] holidays;
    private readonly long[] ranks;

    /// <summary>Makes a calendar.</summary>
    /// <param name="workingWeek">The working days of a week, at least one, in any order.</param>
    /// <param name="holidays">Days off besides those of the week, in any order.</param>
    /// <exception cref="ArgumentException">The week is empty.</exception>
    public WorkingCalendar(IEnumerable<DayOfWeek> workingWeek, IEnumerable<DateOnly> holidays)
    {
        WorkingWeek = [.. workingWeek.Distinct().OrderBy(SinceMonday)];
        Holidays = [.. holidays.Distinct().Order()];
        if (WorkingWeek.IsEmpty)
        {
            throw new ArgumentException("A week needs at least one working day.", nameof(workingWeek));
        }

        daysOfWeek = [.. WorkingWeek.Select(SinceMonday)];
        for (var day = 0; day < Week; day++)
        {
            upTo[day] = daysOfWeek.Count(working => working <= day);
        }

        this.holidays = [.. Holidays.Where(day => WorkingWeek.Contains(day.DayOfWeek)).Select(day => (long)day.DayNumber)];
        ranks = [.. this.holidays.Select((day, before) => WeekdaysUpTo(day) - before)];
    }

    /// <summary>Monday to Friday, no holidays.</summary>
    public static WorkingCalendar Default { get; } =
        new([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], []);

    /// <summary>The working days of a week, Monday first.</summary>
    public ImmutableArray<DayOfWeek> WorkingWeek { get; }

    /// <summary>Days off besides those of the week, ascending.</summary>
    public ImmutableArray<DateOnly> Holidays { get; }

    /// <summary>Whether work is done on this day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        WorkingWeek.Contains(day.DayOfWeek) && Array.BinarySearch(holidays, day.DayNumber) < 0;

    /// <summary>
    /// The day that lies this many working days behind a day, or before it when the number is negative. The day itself is
    /// not counted; for 0 it is the answer, working day or not. The result may lie outside the years 1 to 9999.
    /// </summary>
    internal long Add(long day, long workingDays) => workingDays switch
    {
        0 => day,
        > 0 => DayOfRank(WorkingDaysUpTo(day) + workingDays),
        _ => DayOfRank(WorkingDaysUpTo(day - 1) + workingDays + 1),
    };

    // Day number 0 is Monday, 1 January of the year 1, so ranks are counted from that week.
    private static int SinceMonday(DayOfWeek day) => ((int)day + Week - 1) % Week;

    private long WorkingDaysUpTo(long day)
    {
        var at = Array.BinarySearch(holidays, day);
        return WeekdaysUpTo(day) - (at >= 0 ? at + 1 : ~at);
    }

    private long WeekdaysUpTo(long day)
    {
        var (week, inWeek) = Divide(day, Week);
        return (week * daysOfWeek.Length) + upTo[inWeek];
    }

    private long DayOfRank(long rank)
    {
        // Ranks never descend, so the holidays passed over are found by bisection.
        int low = 0, high = ranks.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ranks[middle] <= rank ? (middle + 1, high) : (low, middle);
        }

        var (week, inWeek) = Divide(rank + low - 1, daysOfWeek.Length);
        return (week * Week) + daysOfWeek[inWeek];
    }

    private static (long Quotient, int Remainder) Divide(long value, int by)
    {
        var rest = value % by;
        rest += rest < 0 ? by : 0;
        return ((value - rest) / by, (int)rest);
    }
}
