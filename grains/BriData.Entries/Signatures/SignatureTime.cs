namespace BriData.Entries.Signatures;

/// <summary>When an act is recorded, and how far its signature's date may lie from that.</summary>
internal readonly record struct SignatureTime(DateTimeOffset Recorded, TimeSpan? Narrower)
{
    public TimeSpan Window => Narrower is { } narrower && narrower < ActSignatures.WidestWindow ? narrower : ActSignatures.WidestWindow;

    public bool Allows(DateTimeOffset signed) => (signed - Recorded).Duration() <= Window;
}
