namespace BriData.Benchmarks.Reporting;

/// <summary>One line of the result.</summary>
/// <param name="Agreements">Agreements the load went round.</param>
/// <param name="Outcome">What the decisions were, as the first answer had it.</param>
/// <param name="Echo">The endpoint without decision and ledger.</param>
/// <param name="Transfers">The transfers.</param>
/// <param name="RoundRatios">Ratio of each pair of rounds; their spread tells how far to trust the ratio.</param>
/// <param name="EntriesPerCommit">Ledger entries that shared a commit.</param>
/// <param name="CommitMilliseconds">Mean time of a commit, from the first statement to durable storage.</param>
/// <param name="IndexDrainSeconds">Time after the transfer rounds, in all, until the audit index had caught up.</param>
/// <param name="Verified">Transfers read back from verified ledgers, warm-up included; as many as were acknowledged.</param>
internal sealed record AgreementResult(
    int Agreements,
    string Outcome,
    TargetResult? Echo,
    TargetResult? Transfers,
    IReadOnlyList<double> RoundRatios,
    double EntriesPerCommit,
    double CommitMilliseconds,
    double IndexDrainSeconds,
    long Verified)
{
    /// <summary>Transfers per second over echoes per second; null unless both were driven.</summary>
    public double? Ratio => Transfers?.Rate / Echo?.Rate;
}
