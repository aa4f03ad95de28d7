using System.Diagnostics.Metrics;

namespace BriData.Benchmarks.Measuring;

/// <summary>Counts commits by the store's own meter. Make it before the host, so that no instrument is missed.</summary>
internal sealed class CommitListener : IDisposable
{
    private const string Meter = "BriData.Storage.Sqlite";
    private const string Entries = "bridata.storage.commit.entries";
    private const string Duration = "bridata.storage.commit.duration";

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private CommitCounters _counters;

    public CommitListener()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter && instrument.Name is Entries or Duration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, entries, _, _) => Count(new CommitCounters(1, entries, 0)));
        _listener.SetMeasurementEventCallback<double>((_, milliseconds, _, _) => Count(new CommitCounters(0, 0, milliseconds)));
        _listener.Start();
    }

    /// <summary>Totals since this listener was made.</summary>
    public CommitCounters Now()
    {
        lock (_gate)
        {
            return _counters;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(CommitCounters more)
    {
        lock (_gate)
        {
            _counters += more;
        }
    }
}
