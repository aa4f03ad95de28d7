using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BriData.Storage.Sqlite.Ledgers;

namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>Listens to one store's meter.</summary>
internal sealed class CommitCounter : IDisposable
{
    private readonly MeterListener _listener = new();

    public CommitCounter(SqliteLedgerStore store)
        : this(store.File.Instruments)
    {
    }

    public CommitCounter(StorageInstruments instruments)
    {
        var meter = instruments.Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, entries, _, _) => EntriesPerCommit.Enqueue(entries));
        _listener.SetMeasurementEventCallback<double>((_, milliseconds, _, _) => Durations.Enqueue(milliseconds));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "bridata.storage.failures")
            {
                Failures.Enqueue((string)tags[0].Value!);
            }
            else
            {
                Others.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    /// <summary>Entries of each commit, in order; commits without entries included.</summary>
    public ConcurrentQueue<int> EntriesPerCommit { get; } = new();

    public ConcurrentQueue<double> Durations { get; } = new();

    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Sums of the other counters, by name.</summary>
    public ConcurrentDictionary<string, long> Others { get; } = new();

    public void Dispose() => _listener.Dispose();
}
