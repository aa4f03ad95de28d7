namespace BriData.Ledger.Verification;

/// <summary>Ends a verification at its first problem; does not leave the verifier.</summary>
internal sealed class LedgerProblemException(long? index, string message) : Exception(message)
{
    public long? Index { get; } = index;
}
