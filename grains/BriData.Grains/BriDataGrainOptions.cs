using System.ComponentModel.DataAnnotations;

namespace BriData.Grains;

/// <summary>Settings of the grains.</summary>
public sealed class BriDataGrainOptions
{
    /// <summary>Name of the Orleans grain storage that holds snapshots.</summary>
    public const string SnapshotStorage = "bridata-snapshots";

    /// <summary>
    /// Key of the clock that stamps entries and dates decisions; the system's unless the host registers another. It is apart
    /// from the clock on which Orleans runs its timers.
    /// </summary>
    public const string Clock = "bridata-clock";

    /// <summary>Entries that may wait for a commit in one grain before it refuses with <c>busy</c>. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingEntries { get; set; } = 20_000;

    /// <summary>Entries after which a grain writes a snapshot. Default 4,096. A grain with much state waits longer.</summary>
    [Range(1, 1_000_000)]
    public int SnapshotEvery { get; set; } = 4_096;

    /// <summary>
    /// How long a grain reads a ledger whose snapshot is lost before it answers <c>ledger_unavailable</c> and the next call goes
    /// on from there. Keep it under the time that a call and an activation may take, 30 seconds each. Default 20 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:29", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FoldLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Closed transfers that an agreement keeps in memory; older ones are found through the audit index. Default 1,024.</summary>
    [Range(0, 1_000_000)]
    public int ClosedTransfersInMemory { get; set; } = 1_024;

    /// <summary>
    /// How often an agency asks what became of persons reserved for a transfer, when the agreement has not told it. Default
    /// 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TotalsSettlePeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often an agreement closes transfers whose time is over. One that is asked for is closed at once. Default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ExpirySweepPeriod { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far the date of a signed act may lie from the platform's clock, either way. Default 10 minutes; at most 60, which is
    /// what verifiers reckon with.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SignatureWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long one entry covers the reads of a ledger by one auditor, which come in thousands. Default 10 minutes; zero
    /// records each.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AccessWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest payload in bytes where an agreement states none. Default 1 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxPayloadBytes { get; set; } = 1L << 30;

    /// <summary>
    /// First part of every ledger's checkpoint origin (C2SP tlog-checkpoint): a URL without its scheme, such as
    /// <c>bridata.example/prod</c>, under a domain you hold. No two installations share one, since a witness takes those of one
    /// origin for one log. Keys derive from it, so it never changes once a ledger exists. No default.
    /// </summary>
    [Required(ErrorMessage = "The setting BriData:Grains:LogOrigin is needed: a name of this installation's own for its ledgers, such as 'bridata.example/prod'. It never changes afterwards.")]
    [RegularExpression("^[a-z0-9.-]+(/[a-z0-9._-]+)*$", ErrorMessage = "The setting BriData:Grains:LogOrigin is a host name of a-z, 0-9, '.' and '-', which parts after a '/' may follow.")]
    [StringLength(200, ErrorMessage = "The setting BriData:Grains:LogOrigin has at most 200 characters.")]
    public string LogOrigin { get; set; } = "";
}
