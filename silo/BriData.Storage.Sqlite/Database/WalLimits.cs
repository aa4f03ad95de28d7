namespace BriData.Storage.Sqlite.Database;

/// <summary>When a write-ahead log is written back, in pages of 4 KiB.</summary>
/// <param name="Begin">Length from which it is written back beside the commits.</param>
/// <param name="Step">
/// What may be left for the writer's thread at the end, and how much longer the log gets before what did not work is tried again.
/// </param>
/// <param name="Most">Length from which the writer does not go on before it is written back, as far as readers allow.</param>
/// <param name="Patience">How long the writer waits for readers that still read from the log.</param>
internal sealed record WalLimits(int Begin, int Step, int Most, TimeSpan Patience)
{
    /// <summary>64 MiB, 4 MiB and 256 MiB.</summary>
    public static WalLimits Default { get; } = new(16_000, 1_000, 64_000, TimeSpan.FromMilliseconds(25));
}
