using System.ComponentModel.DataAnnotations;

namespace BriData.Silo.Witnesses;

/// <summary>How cosignatures are collected, section <c>BriData:Witnesses</c> of the configuration.</summary>
public sealed class WitnessOptions
{
    /// <summary>How often a ledger that has grown is shown to its witnesses. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one request to a witness may take. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest pause before a witness that does not answer, or refuses, is asked again; the first is <see cref="Period"/>, each
    /// later one twice as long. Default 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ledgers that are shown to one witness at the same time. Default 32.</summary>
    [Range(1, 10_000)]
    public int Parallel { get; set; } = 32;
}
