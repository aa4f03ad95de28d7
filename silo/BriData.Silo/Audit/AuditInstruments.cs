using System.Diagnostics.Metrics;

namespace BriData.Silo.Audit;

/// <summary>Measurements of the audit projection.</summary>
internal sealed class AuditInstruments
{
    public const string MeterName = "BriData.Audit";

    private readonly Counter<long> _entries;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private volatile AuditLag _lag = AuditLag.None;

    public AuditInstruments(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        _entries = meter.CreateCounter<long>("bridata.audit.entries", "{entry}", "Entries taken into the audit index.");
        _failures = meter.CreateCounter<long>("bridata.audit.failures", "{pass}", "Projection passes that failed.");
        _duration = meter.CreateHistogram<double>("bridata.audit.pass.duration", "ms", "Time of a projection pass; bounds the index lag.");
        meter.CreateObservableGauge("bridata.audit.lag.entries", () => _lag.Entries, "{entry}", "Durable entries that the audit index does not have yet.");
        meter.CreateObservableGauge("bridata.audit.lag", () => _lag.SecondsAt(time.GetUtcNow()), "s", "Age of the oldest entry that the audit index does not have yet.");
    }

    /// <summary>The latest measurement.</summary>
    public AuditLag Lag
    {
        get => _lag;
        set => _lag = value;
    }

    public void Passed(long entries, TimeSpan elapsed)
    {
        _entries.Add(entries);
        _duration.Record(elapsed.TotalMilliseconds);
    }

    public void Failed() => _failures.Add(1);
}
