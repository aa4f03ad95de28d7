using System.Collections.Immutable;
using System.Globalization;
using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>
/// The ten questions of the auditors' runbook, and three that are hard for an index. The asker is mostly an auditor of a busy
/// country; values are common ones and rare ones alike.
/// </summary>
/// <param name="world">What may be asked for.</param>
/// <param name="start">The first entry's time.</param>
/// <param name="end">The last entry's time.</param>
internal sealed class AuditInquiries(AuditWorld world, DateTimeOffset start, DateTimeOffset end)
{
    private static readonly ImmutableArray<string> RareKinds = ["agreement.terminated", "agreement.suspended", "agreement.resumed", "rulepack.approved"];

    public IEnumerable<AuditInquiry> All() =>
    [
        new("1 everything with a country in a month", r =>
        {
            var agreement = Asking(r, out var auditor);
            return In(r, TimeSpan.FromDays(30), new AuditQuery { VisibleTo = auditor, Country = agreement.Parties.First(c => c != auditor) });
        }),
        new("2 denials under an agreement", r => Of(r, static (_, a) => new AuditQuery { VisibleTo = "", Agreement = a.Id, Outcome = "Deny" })),
        new("3 what an agency received in a time", r => In(r, Width(r), Of(r, static (d, a) => new AuditQuery { VisibleTo = "", Agency = d.Next(2) == 0 ? a.Importer : a.Exporter, Kind = "payload.released" }))),
        new("4 exchanges of a data set", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", DataSet = Pick(d, world.DataSets[a.Exporter]), Kind = d.Next(2) == 0 ? "transfer.requested" : null })),
        new("5 decisions where a rule matched", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", Rule = Rule(d, a) })),
        new("6 transfers with an obligation", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", Obligation = Pick(d, world.Obligations), Agency = d.Next(2) == 0 ? a.Importer : null })),
        new("7 what an officer did", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", Officer = Pick(d, world.Officers[d.Next(2) == 0 ? a.Importer : a.Exporter]) })),
        new("8 free text", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", Text = Text(d, a) })),
        new("9 everything of a transfer", r => Of(r, static (d, a) => new AuditQuery { VisibleTo = "", Transfer = Number(d, a) })),
        new("10 newest entries of a kind", r => Of(r, static (d, _) => new AuditQuery { VisibleTo = "", Kind = RareKinds[d.Next(RareKinds.Length)] })),
        new("hard: common terms that never meet", r => Of(r, static (d, a) => d.Next(3) switch
        {
            0 => new AuditQuery { VisibleTo = "", Kind = "transfer.accepted", Outcome = "Deny" },
            1 => new AuditQuery { VisibleTo = "", Text = "payload released", Outcome = "Permit" },
            _ => new AuditQuery { VisibleTo = "", Agency = a.Importer, Kind = "rulepack.approved", Country = a.Parties[0] },
        })),
        new("hard: a common prefix with rare terms", r => Of(r, (d, a) => new AuditQuery { VisibleTo = "", Text = d.Next(3) switch { 0 => "t", 1 => "1", _ => "c" }, Officer = world.Officers[a.Importer].Any(d), Outcome = "Deny" })),
        new("hard: parts that stand apart", r => Of(r, static (d, a) => new AuditQuery { VisibleTo = "", Text = $"{a.Exporter[3..]}-{a.Importer[..2]}:requested" })),
    ];

    private static string Number(Random random, AuditAgreement agreement) =>
        string.Create(CultureInfo.InvariantCulture, $"{agreement.Id}:{1 + random.Next(random.Next(2) == 0 ? 1_000 : 20_000)}");

    private static T Pick<T>(Random random, Skewed<T> values) => random.Next(2) == 0 ? values.Draw(random) : values.Any(random);

    private static TimeSpan Width(Random random) => TimeSpan.FromDays(Math.Exp(random.NextDouble() * 6));

    // Half of the questions go over all time, and half of the others end somewhere in it.
    private AuditQuery Of(Random random, Func<Random, AuditAgreement, AuditQuery> ask)
    {
        var agreement = Asking(random, out var auditor);
        var query = ask(random, agreement) with { VisibleTo = auditor };
        return random.Next(4) switch
        {
            0 => query with { To = Moment(random) },
            1 => In(random, Width(random), query),
            _ => query,
        };
    }

    private AuditAgreement Asking(Random random, out string auditor)
    {
        auditor = Pick(random, world.Countries);
        var agreement = Pick(random, world.AgreementsOf[auditor]);
        return agreement;
    }

    private DateTimeOffset Moment(Random random) => start + (random.NextDouble() * (end - start));

    private AuditQuery In(Random random, TimeSpan width, AuditQuery query)
    {
        var from = Moment(random);
        return query with { From = from, To = from + width };
    }

    private string Rule(Random random, AuditAgreement agreement)
    {
        var rule = Pick(random, world.Rules[agreement.Parties[random.Next(agreement.Parties.Length)]]);
        return random.Next(3) == 0 ? rule[3..] : rule;
    }

    private string Text(Random random, AuditAgreement agreement) => random.Next(8) switch
    {
        0 => Number(random, agreement),
        1 => world.Words.Values[random.Next(10)],
        2 => world.Words.Any(random),
        3 => $"{world.Words.Draw(random)} {world.Words.Any(random)}",
        4 => world.Words.Any(random)[..2],
        5 => $"{world.DataSets[agreement.Exporter].Any(random)} {world.Words.Any(random)}",
        6 => string.Create(CultureInfo.InvariantCulture, $"BRI{1001 + random.Next(40)} {world.Words.Draw(random)}"),
        _ => "no-such-word-anywhere",
    };
}
