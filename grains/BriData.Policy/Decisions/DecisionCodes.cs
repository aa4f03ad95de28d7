using System.Collections.Frozen;

namespace BriData.Policy.Decisions;

/// <summary>Stable reason codes of decisions, each with an English text.</summary>
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
    public const string QuotaExceeded = "QUOTA_EXCEEDED";
    public const string RulePackMissing = "RULE_PACK_MISSING";
    public const string ForbiddenByRule = "FORBIDDEN_BY_RULE";
    public const string MechanismMissing = "MECHANISM_MISSING";
    public const string PriorApprovalMissing = "PRIOR_APPROVAL_MISSING";
    public const string FactMissing = "FACT_MISSING";
    public const string ConflictOfLaws = "CONFLICT_OF_LAWS";

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Permitted] = "The transfer is permitted.",
        [PermittedWithObligations] = "The transfer is permitted; the named obligations go with it.",
        [ApprovalRequired] = "The agreement asks for an approval of each transfer.",
        [HumanReviewRequired] = "The law leaves the answer to a person; an approver of the country must decide.",
        [AgencySuspended] = "An agency of this transfer is suspended by its country.",
        [AgreementNotValid] = "The agreement is not valid on this day.",
        [DataSetNotCovered] = "No grant of the agreement covers the data set.",
        [RecipientNotCovered] = "No grant of the agreement lets this agency receive the data set.",
        [PurposeNotAgreed] = "The agreement does not grant the data set to this agency for this purpose.",
        [MarkUnknown] = "The mark of the data set is not in the classification scheme of its country.",
        [MarkNotRecognised] = "The mark has no agreed equivalent; without one, data of this level does not travel.",
        [LevelTooHigh] = "The level of the data is above what the grant allows.",
        [SharingTooNarrow] = "The sharing mark of the data does not allow this audience.",
        [QuotaExceeded] = "The number of transfers that the grant allows in this year is used up.",
        [RulePackMissing] = "A country of this transfer has no rule pack in force.",
        [ForbiddenByRule] = "A rule forbids the transfer.",
        [MechanismMissing] = "The law asks for a mechanism that is not on record for this transfer.",
        [PriorApprovalMissing] = "The law asks for an authority's approval that is not on record for this transfer.",
        [FactMissing] = "A fact that decides whether the transfer is lawful is not known.",
        [ConflictOfLaws] = "The laws of both sides cannot be met together.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code, sorted ordinally.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Texts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The English text of a code.</summary>
    public static string TextOf(string code) => Texts[code];
}
