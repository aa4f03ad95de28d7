namespace BriData.Policy.Decisions;

/// <summary>An approval that the transfer waits for.</summary>
/// <param name="Country">The country whose approver must act.</param>
/// <param name="Role">The role needed; always <c>approver</c>.</param>
/// <param name="RuleId">The rule or grant that asks for it.</param>
public sealed record RequiredApproval(string Country, string Role, string RuleId);
