namespace BriData.Policy.Decisions;

/// <summary>The answer to a request for a transfer.</summary>
public enum DecisionOutcome
{
    Permit,
    PermitWithObligations,
    ApprovalRequired,
    Deny,
}
