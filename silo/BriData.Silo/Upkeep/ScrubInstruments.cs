using System.Diagnostics.Metrics;

namespace BriData.Silo.Upkeep;

/// <summary>Measurements of looking through the ledgers.</summary>
internal sealed class ScrubInstruments
{
    public const string MeterName = "BriData.Upkeep";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _passes;
    private int _findings;

    public ScrubInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _rows = meter.CreateCounter<long>("bridata.ledger.scrub.rows", "{row}", "Stored rows looked at.");
        _passes = meter.CreateCounter<long>("bridata.ledger.scrub.passes", "{pass}", "Times that everything stored was looked through.");
        meter.CreateObservableGauge("bridata.ledger.scrub.findings", () => Volatile.Read(ref _findings), "{finding}", "Damage found by the last pass; anything but zero needs an operator.");
    }

    public void Scrubbed(int rows) => _rows.Add(rows);

    /// <summary>What the present pass has found so far; shown at once where it is more than the last one found.</summary>
    public void Found(int findings) => Volatile.Write(ref _findings, Math.Max(_findings, findings));

    public void Passed(int findings)
    {
        Volatile.Write(ref _findings, findings);
        _passes.Add(1);
    }
}
