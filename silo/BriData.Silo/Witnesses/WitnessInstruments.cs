using System.Diagnostics.Metrics;

namespace BriData.Silo.Witnesses;

/// <summary>Measurements of the collection of cosignatures.</summary>
internal sealed class WitnessInstruments
{
    public const string MeterName = "BriData.Witnesses";

    private readonly Counter<long> _failures;
    private long _lag;

    public WitnessInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("bridata.witness.lag.entries", () => Interlocked.Read(ref _lag), description: "Entries by which the newest witnessed checkpoint lies behind its ledger, of the ledger where that is most.");
        _failures = meter.CreateCounter<long>("bridata.witness.failures", description: "Requests to a witness that brought no cosignature.");
    }

    /// <summary>Largest lag of any ledger that has witnesses.</summary>
    public void Lagging(long entries) => Interlocked.Exchange(ref _lag, entries);

    /// <param name="witness">Name of the witness, from the countries' lists.</param>
    /// <param name="reason"><c>unavailable</c>, <c>refused</c>, <c>conflict</c> or <c>bad_cosignature</c>.</param>
    public void Failed(string witness, string reason) => _failures.Add(1, new("witness", witness), new("reason", reason));
}
