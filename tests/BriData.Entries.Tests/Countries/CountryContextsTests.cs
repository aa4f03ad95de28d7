using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Events;

namespace BriData.Entries.Tests.Countries;

public sealed class CountryContextsTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [Fact]
    public void Of_ManyPublications_TellsThoseThatGovernYesterdayOrLater()
    {
        var state = State(("a", -300), ("b", -200), ("c", -1), ("a", 0), ("b", 0), ("c", 30), ("a", 30));

        Assert.Equal([("c", -1), ("b", 0), ("a", 30)], Told(state));
    }

    [Fact]
    public void Of_NothingSince_TellsTheOldestThatStillGoverns() =>
        Assert.Equal([("b", -200)], Told(State(("a", -300), ("b", -200))));

    [Fact]
    public void Of_PartWithALawOfItsOwn_IsToldApart() =>
        Assert.Equal([("zone", -300), ("b", -100)], Told(State(("zone", -300), ("a", -200), ("b", -100))));

    [Fact]
    public void Of_AnyHistory_GovernsEachDayAsTheWholeHistoryDoes()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var state = State([.. Enumerable.Range(0, 12).Select(_ => (new[] { "a", "b", "c", "zone" }[random.Next(4)], random.Next(-5, 6)))]);
            var context = CountryContexts.Of("CN", state, Today);
            for (var day = -1; day < 8; day++)
            {
                foreach (var part in (string?[])[null, "CN-FTZ-SHANGHAI"])
                {
                    var told = context.Packs.Where(p => p.Part == part && p.InForceFrom <= Today.AddDays(day)).OrderBy(p => p.InForceFrom).LastOrDefault();
                    Assert.Equal(state.PackOn(part, Today.AddDays(day))?.Version, told?.Version);
                }
            }
        }
    }

    [Fact]
    public void Check_ActBeyondTheLimit_IsRefusedAndLeavesTheStateAlone()
    {
        var state = State(("a", -1));
        var refusal = CountryContexts.Check(Act(new IssuersPut([.. Enumerable.Range(0, 150).Select(i => new IssuerRegistration($"https://{i}.{new string('x', 400)}", "https://x"))])), state, "CN");

        Assert.Equal(ErrorCodes.BodyTooLarge, refusal?.Code);
        Assert.Empty(state.Issuers);
        Assert.Null(CountryContexts.Check(Act(new IssuersPut([new IssuerRegistration("https://x", "https://x")])), state, "CN"));
    }

    private static CountryState State(params (string Version, int From)[] publications)
    {
        var state = new CountryState();
        foreach (var version in publications.Select(p => p.Version).Distinct())
        {
            state.Apply(Act(new RulePackDrafted(version == "zone" ? "CN-FTZ-SHANGHAI" : "CN", version, new string('0', 64))), 0);
        }

        for (var i = 0; i < publications.Length; i++)
        {
            state.Apply(Act(new RulePackApproved(publications[i].Version, Today.AddDays(publications[i].From))), i + 1);
        }

        return state;
    }

    private static IEnumerable<(string, int)> Told(CountryState state) =>
        CountryContexts.Of("CN", state, Today).Packs.Select(p => (p.Version, p.InForceFrom.DayNumber - Today.DayNumber));

    private static LedgerEvent Act(EventData data) => new()
    {
        At = new DateTimeOffset(Today, new TimeOnly(8, 0), TimeSpan.Zero),
        Parties = ["CN"],
        By = new Actor("CN", null, "o-admin"),
        Data = data,
    };
}
