using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

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

    /// <summary>
    /// Whether the exporter's law counts the persons of this transfer in its totals; false only when the rule that decided
    /// leaves such flows out. Not part of the recorded decision, which follows from the same facts.
    /// </summary>
    public bool CountsTowardTotals { get; init; } = true;
}
