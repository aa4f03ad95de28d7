using BriData.Contracts.Agencies;
using BriData.Entries.Agencies;
using CsCheck;

namespace BriData.Entries.Tests.Agencies;

/// <summary>The fold of reservations against a plain count of what it stands for.</summary>
public sealed class TotalsStateTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    private static readonly Gen<TotalsReserved> Reservations =
        from name in Gen.Int[0, 9]
        from day in Gen.Int[0, 400]
        from general in Gen.Int[0, 5]
        from sensitive in Gen.Int[0, 5]
        from generalKeys in Gen.Int[0, 6].Array[0, 3]
        from sensitiveKeys in Gen.Int[0, 6].Array[0, 3]
        select new TotalsReserved($"a/{name}", Start.AddDays(day), general, sensitive, Keys(generalKeys), Keys(sensitiveKeys));

    private static readonly Gen<(TotalsReserved? Reserved, TotalsSettled? Settled)> Events = Gen.OneOf(
        Reservations.Select(reserved => ((TotalsReserved?)reserved, (TotalsSettled?)null)),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2]).Select((name, outcome) =>
            ((TotalsReserved?)null, (TotalsSettled?)new TotalsSettled($"a/{name}", (string[])["confirmed", "exempt", "released"] is var words ? words[outcome] : ""))));

    [Fact]
    public void Answer_AfterAnyEvents_IsWhatAPlainCountGives() =>
        Gen.Select(Events.Array[0, 40], Gen.Int[0, 400], Reservations).Sample(
            (events, from, next) =>
            {
                var state = new TotalsState();
                var counted = new List<(TotalsReserved Reserved, bool Exempt)>();
                var open = new Dictionary<string, TotalsReserved>();
                var query = Query(Start.AddDays(from), next);
                foreach (var (reserved, settled) in events)
                {
                    // Asked between the events too, so that what is kept from earlier questions must keep up.
                    _ = state.Answer(query, null);
                    if (reserved is not null)
                    {
                        state.Apply(reserved);
                        open[reserved.Reservation] = reserved;
                    }
                    else
                    {
                        state.Apply(settled!);
                        if (open.Remove(settled!.Reservation, out var one) && settled.Outcome != "released")
                        {
                            counted.Add((one, settled.Outcome == "exempt"));
                        }
                    }
                }

                var answer = state.Answer(query, next.Reservation).Items;
                var others = counted.Where(c => !c.Exempt).Select(c => c.Reserved)
                    .Concat(open.Values.Where(o => o.Reservation != next.Reservation))
                    .Where(r => r.Day >= Start.AddDays(from))
                    .ToList();
                Assert.Equal(others.Sum(r => r.General) + Distinct(others, r => r.GeneralKeys).Count, answer[0].Before);
                Assert.Equal(others.Sum(r => r.Sensitive) + Distinct(others, r => r.SensitiveKeys).Count, answer[1].Before);
                Assert.Equal(next.General + next.GeneralKeys!.Value.Count(k => !Distinct(others, r => r.GeneralKeys).Contains(k)), answer[0].Added);
                Assert.Equal(answer[0].Before + answer[1].Before, answer[2].Before);
                Assert.Equal(
                    counted.Where(c => c.Exempt && c.Reserved.Day >= Start.AddDays(from))
                        .Sum(c => c.Reserved.General + c.Reserved.Sensitive + c.Reserved.GeneralKeys!.Value.Length + c.Reserved.SensitiveKeys!.Value.Length),
                    answer[3].Before);
            },
            iter: 10_000);

    private static HashSet<string> Distinct(IEnumerable<TotalsReserved> of, Func<TotalsReserved, System.Collections.Immutable.ImmutableArray<string>?> keys) =>
        [.. of.SelectMany(r => keys(r) ?? [])];

    private static System.Collections.Immutable.ImmutableArray<string> Keys(int[] persons) => [.. persons.Distinct().Order().Select(p => $"person-{p}")];

    private static TotalsQuery Query(DateOnly from, TotalsReserved next) => new(
        next.Day,
        [
            new CounterQuery("general", CountedPersons.General, from),
            new CounterQuery("sensitive", CountedPersons.Sensitive, from),
            new CounterQuery("all", CountedPersons.All, from),
            new CounterQuery("exempt", CountedPersons.Exempt, from),
        ],
        CountedPersons.General,
        new PersonCount(next.General, next.Sensitive, next.GeneralKeys!.Value, next.SensitiveKeys!.Value));
}
