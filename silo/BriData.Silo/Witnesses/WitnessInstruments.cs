using System.Diagnostics.Metrics;

namespace BriData.Silo.Witnesses;

/// <summary>Measurements of the collection of cosignatures.</summary>
internal sealed class WitnessInstruments
{
    public const string MeterName = "BriData.Witnesses";

    private readonly Counter<long> _failures;
    private long _lag;
    private long _stalled;

    public WitnessInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("bridata.witness.lag.entries", () => Interlocked.Read(ref _lag), description: "Entries by which the newest witnessed checkpoint lies behind its ledger, of the ledger where that is most.");
        meter.CreateObservableGauge("bridata.witness.stalled.ledgers", () => Interlocked.Read(ref _stalled), description: "Ledgers that cannot be read to have them cosigned.");
        _failures = meter.CreateCounter<long>("bridata.witness.failures", description: "Requests to a witness that brought no cosignature.");
    }

    /// <param name="lag">Largest lag of any ledger that has witnesses and can be read.</param>
    /// <param name="stalled">How many have witnesses and cannot be read.</param>
    public void Measured(long lag, long stalled)
    {
        Interlocked.Exchange(ref _lag, lag);
        Interlocked.Exchange(ref _stalled, stalled);
    }

    /// <param name="witness">Name of the witness, from the countries' lists.</param>
    /// <param name="reason"><c>unavailable</c>, <c>refused</c>, <c>conflict</c> or <c>bad_cosignature</c>.</param>
    public void Failed(string witness, string reason) => _failures.Add(1, new("witness", witness), new("reason", reason));
}
