namespace BriData.Ledger.Mirroring;

/// <summary>What a source offers is not an honest continuation of what the folder holds; the folder keeps what it held.</summary>
/// <param name="message">What is wrong, for a person to read.</param>
/// <param name="index">First entry that it touches; null when it cannot be placed.</param>
/// <param name="innerException">What led to it, if anything.</param>
public sealed class MirrorProblemException(string message, long? index = null, Exception? innerException = null) : Exception(message, innerException)
{
    public long? Index { get; } = index;
}
