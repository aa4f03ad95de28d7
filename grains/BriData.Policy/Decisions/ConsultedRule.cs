using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

/// <summary>One rule that was looked at.</summary>
/// <param name="Id">Rule identifier, unique within its source.</param>
/// <param name="Source">Jurisdiction code of the pack, <c>agreement</c>, or <c>platform</c>.</param>
/// <param name="Citation">Law and article, or agreement clause.</param>
/// <param name="Result"><c>matched</c>, <c>notMatched</c>, <c>unknown</c>, or <c>notApplicable</c>.</param>
/// <param name="Outcome">The rule's outcome code when it matched, else null.</param>
/// <param name="DecidedBy">Names of the facts that decided the result.</param>
public sealed record ConsultedRule(
    string Id,
    string Source,
    string Citation,
    string Result,
    string? Outcome,
    ImmutableArray<string> DecidedBy);
