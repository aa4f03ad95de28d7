namespace BriData.Cli.Verifying;

/// <summary>Says about once a second how far a verification is and how fast it goes.</summary>
internal sealed class ProgressLine(Surroundings surroundings, string ledger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly long _started = surroundings.Time.GetTimestamp();
    private TimeSpan _said;

    public void Report(long entries)
    {
        var elapsed = surroundings.Time.GetElapsedTime(_started);
        if (elapsed - _said >= Every)
        {
            _said = elapsed;
            surroundings.Messages.WriteLine($"{ledger}: {entries} entries, {entries / elapsed.TotalSeconds:0}/s");
        }
    }
}
