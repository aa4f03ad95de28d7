using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.RulePacks;

public sealed class WorkingCalendarTests
{
    private static readonly DateOnly Start = new(2020, 1, 1);

    private static readonly Gen<WorkingCalendar> Calendars =
        from week in Gen.Int[1, 127]
        from holidays in Gen.OneOf(Gen.Int[0, 4000].Array[0, 40], Gen.Int[0, 60].Array[20, 60])
        select new WorkingCalendar(
            Enum.GetValues<DayOfWeek>().Where(day => (week & (1 << (int)day)) != 0),
            holidays.Select(Start.AddDays));

    [Fact]
    public void Add_AnyCalendar_IsCountingDayByDay()
    {
        Gen.Select(Calendars, Gen.Int[-500, 4500], Gen.OneOf(Gen.Int[-15, 15], Gen.Int[-1500, 1500])).Sample(
            (calendar, from, offset) =>
            {
                var day = Start.AddDays(from);

                Assert.Equal(Walk(calendar, day, offset), DateOnly.FromDayNumber((int)calendar.Add(day.DayNumber, offset)));
            },
            iter: 10_000);
    }

    [Fact]
    public void Add_ThereAndBack_EndsOnTheSameWorkingDay()
    {
        Gen.Select(Calendars, Gen.Int[0, 4000], Gen.Int[1, 10_000]).Sample((calendar, from, offset) =>
        {
            var working = calendar.Add(Start.AddDays(from).DayNumber, 1);

            Assert.Equal(working, calendar.Add(calendar.Add(working, offset), -offset));
        });
    }

    [Theory]
    [InlineData("plusWorkingDays: 3", "2026-09-29", "2026-10-09", true)] // 30 Sept., 8 and 9 Oct.; the holidays do not count
    [InlineData("plusWorkingDays: 3", "2026-09-29", "2026-10-10", false)]
    [InlineData("plusWorkingDays: -3", "2026-10-09", "2026-09-29", true)] // counted back: 8 Oct., 30 and 29 Sept.
    [InlineData("plusWorkingDays: -3", "2026-10-09", "2026-09-30", false)]
    [InlineData("plusWorkingDays: 0", "2026-10-03", "2026-10-03", true)]
    public void Evaluate_OffsetInWorkingDays_UsesThePacksCalendar(string offset, string from, string day, bool matches)
    {
        var pack = Packs.WithHeader(
            "calendar: {workingWeek: [Mon, Tue, Wed, Thu, Fri], holidays: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07]}",
            Packs.Rule("a", $"{{fact: eventDate, lte: {{fact: assessmentDate, {offset}}}}}", "EXEMPT"));
        var facts = Policy.Facts.FactSet.Empty.With("assessmentDate", DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture));

        var verdict = pack.Evaluate(facts, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(matches ? "a" : "platform.no-rule", verdict.DecidingRule);
    }

    [Fact]
    public void Parse_WeekOfTheGulf_IsRead()
    {
        var calendar = Packs.WithHeader("calendar: {workingWeek: [Sun, Mon, Tue, Wed, Thu]}", Packs.Rule("a", "always", "EXEMPT")).Pack.Calendar;

        Assert.True(calendar.IsWorkingDay(new DateOnly(2026, 6, 14)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 6, 12)));
        Assert.Empty(calendar.Holidays);
    }

    [Fact]
    public void Parse_NoCalendar_IsMondayToFriday() =>
        Assert.Same(WorkingCalendar.Default, Packs.Of(Packs.Rule("a", "always", "EXEMPT")).Pack.Calendar);

    [Fact]
    public void New_EmptyWeek_IsRefused() => Assert.Throws<ArgumentException>(() => new WorkingCalendar([], []));

    [Theory]
    [InlineData("calendar: weekdays", 11, "wrong_type")]
    [InlineData("calendar: {week: [Mon]}", 12, "unknown_key")]
    [InlineData("calendar: {workingWeek: Mon}", 25, "wrong_type")]
    [InlineData("calendar: {workingWeek: []}", 25, "empty_week")]
    [InlineData("calendar: {workingWeek: [Mon, Tuesday]}", 31, "unknown_value")]
    [InlineData("calendar: {workingWeek: [Mon, [Tue]]}", 31, "unknown_value")]
    [InlineData("calendar: {workingWeek: [Mon, Tue, Mon]}", 36, "duplicate_value")]
    [InlineData("calendar: {holidays: 2026-10-01}", 22, "wrong_type")]
    [InlineData("calendar: {holidays: [2026-10-01, 2026-13-01]}", 35, "bad_date")]
    [InlineData("calendar: {holidays: [2026-10-01, 2026-10-01]}", 35, "duplicate_value")]
    [InlineData("calendar: {holidays: [2026-10-02, 2026-10-01]}", 35, "not_sorted")]
    public void Parse_FaultyCalendar_ReportsLineColumnAndCode(string calendar, int column, string code)
    {
        var result = RulePackParser.Parse(Packs.Yaml(Packs.Rule("a", "always", "EXEMPT")).Replace("rules:", $"{calendar}\nrules:", StringComparison.Ordinal));

        var error = Assert.Single(result.Errors);
        Assert.Equal((7, column, code), (error.Line, error.Column, error.Code));
    }

    private static DateOnly Walk(WorkingCalendar calendar, DateOnly day, int offset)
    {
        for (var left = Math.Abs(offset); left > 0; left -= calendar.IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(Math.Sign(offset));
        }

        return day;
    }
}
