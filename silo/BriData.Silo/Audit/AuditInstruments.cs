using System.Diagnostics.Metrics;

namespace BriData.Silo.Audit;

/// <summary>Measurements of the audit projection.</summary>
internal sealed class AuditInstruments
{
    public const string MeterName = "BriData.Audit";

    private readonly Counter<long> _entries;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public AuditInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _entries = meter.CreateCounter<long>("bridata.audit.entries", "{entry}", "Entries taken into the audit index.");
        _failures = meter.CreateCounter<long>("bridata.audit.failures", "{pass}", "Projection passes that failed.");
        _duration = meter.CreateHistogram<double>("bridata.audit.pass.duration", "ms", "Time of a projection pass; bounds the index lag.");
    }

    public void Passed(long entries, TimeSpan elapsed)
    {
        _entries.Add(entries);
        _duration.Record(elapsed.TotalMilliseconds);
    }

    public void Failed() => _failures.Add(1);
}
