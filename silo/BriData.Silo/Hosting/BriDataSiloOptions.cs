using System.ComponentModel.DataAnnotations;

namespace BriData.Silo.Hosting;

/// <summary>Settings of a silo, section <c>BriData</c> of the configuration.</summary>
public sealed class BriDataSiloOptions
{
    /// <summary>Where the embedded store and the generated keys live; created with mode 0700. Default <c>./data</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Silo-to-silo port on loopback; 0 picks a free one. Default 0.</summary>
    [Range(0, 65_535)]
    public int SiloPort { get; set; }

    /// <summary>Port for Orleans clients on loopback; 0 opens none. Default 0.</summary>
    [Range(0, 65_535)]
    public int ClientPort { get; set; }

    /// <summary>Orleans service identity; part of nothing stored. Default <c>bridata</c>.</summary>
    [Required]
    public string ServiceId { get; set; } = "bridata";

    /// <summary>Orleans cluster identity. Default <c>bridata</c>.</summary>
    [Required]
    public string ClusterId { get; set; } = "bridata";

    /// <summary>Time a grain call may take before its outcome counts as unknown. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop may take: finish calls, flush appends, write snapshots. Default 30 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two looks through everything stored, 1 minute to 30 days; the first begins with the start. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ScrubPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Stored rows looked at per second, at most; a million entries take about 17 minutes at the default of 2,000. Raise it
    /// where the machine has room.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ScrubRowsPerSecond { get; set; } = 2_000;

    /// <summary>
    /// Countries that take part and the issuer that speaks first for each, by ISO 3166-1 alpha-2 code. A country may replace its
    /// issuers later; from then on this is not consulted for it.
    /// </summary>
    public Dictionary<string, FoundingIssuer[]> Founding { get; } = [];
}

/// <summary>An issuer of the operator's configuration.</summary>
public sealed class FoundingIssuer
{
    /// <summary>The exact <c>iss</c> value.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>Address of its discovery document.</summary>
    [Required]
    public string MetadataAddress { get; set; } = "";
}
