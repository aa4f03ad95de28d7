using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.RulePacks.Compilation;

/// <summary>Moves a day by an offset; results outside the calendar are cut to its first and last day.</summary>
internal static class DateOffsets
{
    public static long Add(long day, long offset, OffsetUnit unit, WorkingCalendar calendar) => unit switch
    {
        OffsetUnit.None => day,
        OffsetUnit.Days => Clamp(day + offset),
        OffsetUnit.Months => AddMonths(day, offset),
        OffsetUnit.Years => AddMonths(day, offset * 12),
        _ => Clamp(calendar.Add(day, offset)),
    };

    private static long AddMonths(long day, long months)
    {
        var date = DateOnly.FromDayNumber((int)Clamp(day));
        var target = ((long)date.Year * 12) + date.Month - 1 + months;
        if (target < 12)
        {
            return DateOnly.MinValue.DayNumber;
        }

        return target >= 10_000L * 12 ? DateOnly.MaxValue.DayNumber : date.AddMonths((int)months).DayNumber;
    }

    private static long Clamp(long day) => Math.Clamp(day, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber);
}
