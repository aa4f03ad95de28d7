namespace BriData.Ledger.Verification;

/// <summary>Ends the verification of a source at a finding after which nothing can be said; does not leave the verifier.</summary>
internal sealed class SourceProblemException(LedgerFinding finding) : Exception(finding.Message)
{
    public LedgerFinding Finding => finding;

    public static SourceProblemException Of(string code, long? index, string? resource, string message) => new(new LedgerFinding(code, index, resource, message));
}
