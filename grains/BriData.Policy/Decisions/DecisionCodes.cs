using System.Collections.Frozen;
using BriData.Policy.Texts;

namespace BriData.Policy.Decisions;

/// <summary>Stable reason codes of decisions, each with an English text (<see cref="CodeTexts"/> has the other languages).</summary>
public static class DecisionCodes
{
    public const string Permitted = "PERMITTED";
    public const string PermittedWithObligations = "PERMITTED_WITH_OBLIGATIONS";
    public const string ApprovalRequired = "APPROVAL_REQUIRED";
    public const string HumanReviewRequired = "HUMAN_REVIEW_REQUIRED";
    public const string AgencySuspended = "AGENCY_SUSPENDED";
    public const string AgreementNotValid = "AGREEMENT_NOT_VALID";
    public const string DataSetNotCovered = "DATASET_NOT_COVERED";
    public const string RecipientNotCovered = "RECIPIENT_NOT_COVERED";
    public const string PurposeNotAgreed = "PURPOSE_NOT_AGREED";
    public const string MarkUnknown = "MARK_UNKNOWN";
    public const string MarkNotRecognised = "MARK_NOT_RECOGNISED";
    public const string LevelTooHigh = "LEVEL_TOO_HIGH";
    public const string SharingTooNarrow = "SHARING_TOO_NARROW";
    public const string OnwardNotAllowed = "ONWARD_NOT_ALLOWED";
    public const string QuotaExceeded = "QUOTA_EXCEEDED";
    public const string RulePackMissing = "RULE_PACK_MISSING";
    public const string ForbiddenByRule = "FORBIDDEN_BY_RULE";
    public const string MechanismMissing = "MECHANISM_MISSING";
    public const string PriorApprovalMissing = "PRIOR_APPROVAL_MISSING";
    public const string FactMissing = "FACT_MISSING";
    public const string ConflictOfLaws = "CONFLICT_OF_LAWS";

    /// <summary>Every code, sorted ordinally.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AgencySuspended, AgreementNotValid, ApprovalRequired, ConflictOfLaws, DataSetNotCovered, FactMissing,
        ForbiddenByRule, HumanReviewRequired, LevelTooHigh, MarkNotRecognised, MarkUnknown, MechanismMissing,
        OnwardNotAllowed, Permitted, PermittedWithObligations, PriorApprovalMissing, PurposeNotAgreed, QuotaExceeded,
        RecipientNotCovered, RulePackMissing, SharingTooNarrow,
    ];

    private static readonly Lazy<FrozenDictionary<string, string>> Texts = new(() => All.ToFrozenDictionary(
        code => code, code => CodeTexts.Find(CodeKind.DecisionCode, code)!["en"], StringComparer.Ordinal));

    /// <summary>The English text of a code. It stands in recorded decisions, so it is not reworded.</summary>
    public static string TextOf(string code) => Texts.Value[code];
}
