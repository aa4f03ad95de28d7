using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

/// <summary>The answer to a request for a transfer.</summary>
public enum DecisionOutcome
{
    Permit,
    PermitWithObligations,
    ApprovalRequired,
    Deny,
}

/// <summary>Why a denial is a denial.</summary>
public enum DenialKind
{
    /// <summary>A rule says no.</summary>
    Forbidden,

    /// <summary>No rule says yes.</summary>
    NotPermitted,

    /// <summary>Two laws cannot both be met.</summary>
    ConflictOfLaws,

    /// <summary>A fact is missing; <see cref="Decision.Missing"/> names it.</summary>
    Indeterminate,
}

/// <summary>A decision with everything needed to explain it and to make it again.</summary>
public sealed record Decision
{
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Set exactly when <see cref="Outcome"/> is <see cref="DecisionOutcome.Deny"/>.</summary>
    public DenialKind? Kind { get; init; }

    /// <summary>Stable reason code, one of <see cref="DecisionCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>One sentence in English for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>Every rule consulted, in the order of consultation.</summary>
    public required ImmutableArray<ConsultedRule> Rules { get; init; }

    /// <summary>Obligation codes of the vocabulary, merged over both packs, sorted ordinally.</summary>
    public required ImmutableArray<string> Obligations { get; init; }

    /// <summary>Mechanism codes relied on or asked for, merged, sorted ordinally.</summary>
    public required ImmutableArray<string> Mechanisms { get; init; }

    /// <summary>Facts and mechanisms that are missing, sorted.</summary>
    public required ImmutableArray<MissingItem> Missing { get; init; }

    /// <summary>Countries whose approver must release the transfer, sorted. Empty unless ApprovalRequired.</summary>
    public required ImmutableArray<RequiredApproval> Approvals { get; init; }

    /// <summary>For a denial, the smallest known change under which the same request would pass; null when there is none.</summary>
    public Remedy? Remedy { get; init; }

    public required DecisionVersions Versions { get; init; }
}

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

/// <summary>Something the decision lacked.</summary>
/// <param name="Kind"><c>fact</c> or <c>mechanism</c>.</param>
/// <param name="Name">Fact name or mechanism code.</param>
/// <param name="Source">Who can supply it: <c>platform</c>, <c>exporter</c>, <c>requester</c>, <c>agreement</c>.</param>
public sealed record MissingItem(string Kind, string Name, string Source);

/// <summary>An approval that the transfer waits for.</summary>
/// <param name="Country">The country whose approver must act.</param>
/// <param name="Role">The role needed; always <c>approver</c>.</param>
/// <param name="RuleId">The rule or grant that asks for it.</param>
public sealed record RequiredApproval(string Country, string Role, string RuleId);

/// <summary>The smallest set of changes that would make the request lawful.</summary>
public sealed record Remedy(string Text, ImmutableArray<RemedyChange> Changes);

/// <summary>One change of a remedy.</summary>
/// <param name="Kind"><c>fact</c>, <c>mechanism</c>, <c>purpose</c>, or <c>agreement</c>.</param>
/// <param name="Name">What to change: a fact name, a mechanism code, or a term of the agreement.</param>
/// <param name="Value">The value under which the request would pass.</param>
public sealed record RemedyChange(string Kind, string Name, string Value);

/// <summary>Versions of everything a decision consulted.</summary>
public sealed record DecisionVersions(
    int Agreement,
    int DataSet,
    string? Scheme,
    string? ExporterPack,
    string? ImporterPack,
    string Engine);
