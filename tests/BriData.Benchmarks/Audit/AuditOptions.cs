namespace BriData.Benchmarks.Audit;

/// <summary>Settings of the <c>audit</c> benchmark.</summary>
internal sealed record AuditOptions
{
    /// <summary>Entries in the index before the first question. Default 5,000,000.</summary>
    public int Entries { get; init; } = 5_000_000;

    /// <summary>Time each question is asked for, and the time of the run under load. Default 5 s.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Entries a second that come in while questions are asked. Default 2,000.</summary>
    public int Rate { get; init; } = 2_000;

    /// <summary>
    /// Directory that keeps the index for the next run; one that holds an index of at least <see cref="Entries"/> is used as
    /// it is. Null for a fresh one, removed afterwards.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Where the results are also written as JSON; null for nowhere.</summary>
    public string? JsonFile { get; init; }
}
