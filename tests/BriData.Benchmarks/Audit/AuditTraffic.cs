using System.Collections.Immutable;
using System.Globalization;
using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>
/// The entries of the generated world in the order of time, as a projector would hand them over: exchanges from request to
/// acceptance, and now and then an act of a country, an agency or on an agreement.
/// </summary>
/// <param name="world">Who exchanges what.</param>
/// <param name="seed">The same seed gives the same entries.</param>
/// <param name="start">When the first exchange is asked for.</param>
/// <param name="between">Mean time between two requests.</param>
/// <param name="next">The index of each ledger's next entry; moved along.</param>
/// <param name="requested">Requests before these: transfers of an agreement are numbered from here.</param>
internal sealed class AuditTraffic(
    AuditWorld world, int seed, DateTimeOffset start, TimeSpan between, Dictionary<LedgerId, long> next, long requested = 0)
{
    private const int ActEvery = 12;

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<AuditRecord, long> _later = new();
    private readonly Dictionary<string, long> _transfers = [];
    private DateTimeOffset _now = start;
    private DateTimeOffset _nextRequest = start;
    private long _requests;

    public DateTimeOffset Now => _now;

    public AuditRecord Next()
    {
        if (_later.TryPeek(out var due, out var ticks) && ticks <= _nextRequest.UtcTicks)
        {
            _later.Dequeue();
            _now = due.At;
            return Numbered(due);
        }

        _now = _nextRequest;
        _nextRequest += between * (2 * _random.NextDouble());
        return Numbered(++_requests % ActEvery == 0 ? Act() : Request());
    }

    private AuditRecord Numbered(AuditRecord record)
    {
        var index = next.GetValueOrDefault(record.Ledger);
        next[record.Ledger] = index + 1;
        return record with { Index = index };
    }

    private AuditRecord Request()
    {
        var agreement = world.Agreements.Draw(_random);
        var reversed = _random.Next(5) == 0;
        var (exporter, importer) = reversed ? (agreement.Importer, agreement.Exporter) : (agreement.Exporter, agreement.Importer);
        var (from, to) = (exporter[..2], importer[..2]);
        var outcome = _random.Next(100) switch { < 52 => "Permit", < 84 => "PermitWithObligations", < 94 => "Deny", _ => "ApprovalRequired" };
        var transfer = string.Create(CultureInfo.InvariantCulture, $"{agreement.Id}:{Number(agreement.Id)}");
        string[] rules = [world.Rules[from].Draw(_random), world.Rules[from].Draw(_random), world.Rules[to].Draw(_random), $"agreement:agreement.grant.{importer[3..]}"];
        var code = string.Create(CultureInfo.InvariantCulture, $"BRI{1001 + _random.Next(40)}");
        var record = new AuditRecord
        {
            Ledger = LedgerId.Parse($"agreement/{agreement.Id}"),
            Index = 0,
            At = _now,
            Kind = "transfer.requested",
            Parties = [.. new[] { from, to }.Order(StringComparer.Ordinal)],
            Agencies = [.. new[] { exporter, importer }.Order(StringComparer.Ordinal)],
            Agreement = agreement.Id,
            Transfer = transfer,
            DataSet = world.DataSets[exporter].Draw(_random),
            Officer = world.Officers[importer].Draw(_random),
        };
        Follow(record, outcome, exporter);
        return record with
        {
            Outcome = outcome,
            Rules = [.. rules.Distinct().Order(StringComparer.Ordinal)],
            Obligations = outcome == "PermitWithObligations" ? Obligations() : [],
            Text = TextOf(record, exporter, importer, $" {code} {Reason()}"),
        };
    }

    private void Follow(AuditRecord request, string outcome, string exporter)
    {
        var importer = request.Agencies[0] == exporter ? request.Agencies[1] : request.Agencies[0];
        var at = request.At;
        switch (outcome)
        {
            case "Deny":
                return;
            case "ApprovalRequired":
                Later("transfer.approved", exporter);
                break;
            default:
                break;
        }

        if (_random.Next(12) == 0)
        {
            Later("transfer.withdrawn", importer);
            return;
        }

        Later("payload.deposited", exporter);
        Later("payload.released", importer);
        Later("transfer.accepted", importer);

        void Later(string kind, string by)
        {
            at += TimeSpan.FromMinutes(Math.Exp(_random.NextDouble() * 7));
            var record = request with { Kind = kind, At = at, Officer = world.Officers[by].Draw(_random) };
            _later.Enqueue(record with { Text = TextOf(record, exporter, importer, "") }, at.UtcTicks);
        }
    }

    private AuditRecord Act()
    {
        var country = world.Countries.Draw(_random);
        var agency = world.Agencies[country].Draw(_random);
        var agreement = world.AgreementsOf[country].Draw(_random);
        var (ledger, kind, parties) = _random.Next(1000) switch
        {
            0 => ($"agreement/{agreement.Id}", "agreement.terminated", agreement.Parties),
            < 6 => ($"agreement/{agreement.Id}", "agreement.suspended", agreement.Parties),
            < 12 => ($"agreement/{agreement.Id}", "agreement.resumed", agreement.Parties),
            < 100 => ($"country/{country}", "rulepack.approved", ImmutableArray.Create(country)),
            < 300 => ($"country/{country}", "agency.put", [country]),
            < 500 => ($"agency/{country}.{agency[3..]}", "dataset.put", [country]),
            _ => ($"agency/{country}.{agency[3..]}", "totals.reserved", [country]),
        };
        return new AuditRecord
        {
            Ledger = LedgerId.Parse(ledger),
            Index = 0,
            At = _now,
            Kind = kind,
            Parties = parties,
            Agencies = [agency],
            Agreement = parties.Length > 1 ? agreement.Id : null,
            Officer = world.Officers[agency].Draw(_random),
            Text = parties.Length > 1 ? $"{kind} {agreement.Id}" : kind,
        };
    }

    private long Number(string agreement) => _transfers[agreement] = _transfers.GetValueOrDefault(agreement, requested) + 1;

    private ImmutableArray<string> Obligations() =>
        [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => world.Obligations.Draw(_random)).Distinct().Order(StringComparer.Ordinal)];

    private string Reason() => string.Join(' ', Enumerable.Range(0, 6 + _random.Next(10)).Select(_ => world.Words.Draw(_random)));

    private static string TextOf(AuditRecord record, string exporter, string importer, string more) =>
        $"{record.Kind} {record.Agreement} {record.Transfer} {record.DataSet} {exporter} {importer}{more}";
}
