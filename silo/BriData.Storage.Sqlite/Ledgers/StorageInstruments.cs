using System.Diagnostics;
using System.Diagnostics.Metrics;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Meter and activity source <c>BriData.Storage.Sqlite</c>.</summary>
internal sealed class StorageInstruments : IDisposable
{
    public const string Name = "BriData.Storage.Sqlite";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _entries;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _markFailures;
    private readonly Counter<long> _logFailures;

    public StorageInstruments(IMeterFactory? factory)
    {
        Meter = factory?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        _duration = Meter.CreateHistogram(
            "bridata.storage.commit.duration",
            "ms",
            "Time of one group commit, from the first statement to durable storage.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000] });
        _entries = Meter.CreateHistogram(
            "bridata.storage.commit.entries",
            "{entry}",
            "Ledger entries that shared one commit.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096] });
        _failures = Meter.CreateCounter<long>("bridata.storage.failures", "{request}", "Requests that were refused, by reason.");
        _markFailures = Meter.CreateCounter<long>("bridata.storage.mark.failures", "{commit}", "Commits whose sizes could not be put into the mark at once.");
        _logFailures = Meter.CreateCounter<long>("bridata.storage.log.failures", "{attempt}", "Attempts to write the write-ahead log of ledger.db back that failed.");
    }

    public Meter Meter { get; }

    public void Committed(TimeSpan duration, int entries)
    {
        _duration.Record(duration.TotalMilliseconds);
        _entries.Record(entries);
    }

    public void Failed(LedgerStoreFailure reason) => _failures.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void MarkFailed() => _markFailures.Add(1);

    public void LogFailed() => _logFailures.Add(1);

    public void Dispose() => Meter.Dispose();
}
