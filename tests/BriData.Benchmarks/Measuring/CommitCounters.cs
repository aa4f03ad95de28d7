namespace BriData.Benchmarks.Measuring;

/// <summary>Commits of the ledger store.</summary>
/// <param name="Commits">How many.</param>
/// <param name="Entries">Ledger entries in them.</param>
/// <param name="Milliseconds">Time they took, from the first statement to durable storage.</param>
internal readonly record struct CommitCounters(long Commits, long Entries, double Milliseconds)
{
    public double EntriesPerCommit => Commits == 0 ? 0 : (double)Entries / Commits;

    public double MillisecondsPerCommit => Commits == 0 ? 0 : Milliseconds / Commits;

    public static CommitCounters operator -(CommitCounters a, CommitCounters b) =>
        new(a.Commits - b.Commits, a.Entries - b.Entries, a.Milliseconds - b.Milliseconds);

    public static CommitCounters operator +(CommitCounters a, CommitCounters b) =>
        new(a.Commits + b.Commits, a.Entries + b.Entries, a.Milliseconds + b.Milliseconds);
}
