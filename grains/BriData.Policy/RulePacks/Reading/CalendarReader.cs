using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>Reads <c>calendar: {workingWeek: [Mon, …], holidays: [2026-10-01, …]}</c>; both keys are optional.</summary>
internal static class CalendarReader
{
    private const int MaxHolidays = 5_000;

    private static readonly Dictionary<string, DayOfWeek> Days = new(StringComparer.Ordinal)
    {
        ["Mon"] = DayOfWeek.Monday,
        ["Tue"] = DayOfWeek.Tuesday,
        ["Wed"] = DayOfWeek.Wednesday,
        ["Thu"] = DayOfWeek.Thursday,
        ["Fri"] = DayOfWeek.Friday,
        ["Sat"] = DayOfWeek.Saturday,
        ["Sun"] = DayOfWeek.Sunday,
    };

    public static WorkingCalendar Read(YamlItem? item, ReadingErrors errors)
    {
        if (item is null || MapReader.Open(item, errors, ["workingWeek", "holidays"]) is not { } map)
        {
            return WorkingCalendar.Default;
        }

        var week = map.Optional("workingWeek") is { } days ? Week(days, errors) : [];
        var holidays = map.Optional("holidays") is { } dates ? Holidays(dates, errors) : [];
        return new WorkingCalendar(week.Count > 0 ? week : WorkingCalendar.Default.WorkingWeek, holidays);
    }

    private static List<DayOfWeek> Week(YamlItem item, ReadingErrors errors)
    {
        var week = new List<DayOfWeek>();
        if (item is not YamlList list)
        {
            errors.Add(item, "wrong_type", "A list of days is expected here.");
            return week;
        }

        if (list.Items.Count == 0)
        {
            errors.Add(item, "empty_week", "A week needs at least one working day.");
        }

        foreach (var element in list.Items)
        {
            if (element is not YamlScalar name || !Days.TryGetValue(name.Value, out var day))
            {
                errors.Add(element, "unknown_value", $"'{MapReader.Shown(element)}' is not one of {string.Join(", ", Days.Keys)}.");
            }
            else if (week.Contains(day))
            {
                errors.Add(element, "duplicate_value", $"'{name.Value}' occurs twice.");
            }
            else
            {
                week.Add(day);
            }
        }

        return week;
    }

    // Holidays are checked against a gazette by eye, so a list out of order is more likely a slip of the year than a choice.
    private static List<DateOnly> Holidays(YamlItem item, ReadingErrors errors)
    {
        var holidays = new List<DateOnly>();
        if (item is not YamlList list)
        {
            errors.Add(item, "wrong_type", "A list of dates is expected here.");
            return holidays;
        }

        if (list.Items.Count > MaxHolidays)
        {
            errors.Add(item, "too_complex", $"A calendar may have at most {MaxHolidays} holidays.");
            return holidays;
        }

        foreach (var element in list.Items)
        {
            if (element is not YamlScalar scalar || !IsoDate.TryParse(scalar.Value, out var day))
            {
                errors.Add(element, "bad_date", $"'{MapReader.Shown(element)}' is not a date such as 2026-06-15.");
            }
            else if (holidays.Count > 0 && day == holidays[^1])
            {
                errors.Add(element, "duplicate_value", $"'{scalar.Value}' occurs twice.");
            }
            else if (holidays.Count > 0 && day < holidays[^1])
            {
                errors.Add(element, "not_sorted", $"'{scalar.Value}' stands behind a later day; holidays are listed in order.");
            }
            else
            {
                holidays.Add(day);
            }
        }

        return holidays;
    }
}
