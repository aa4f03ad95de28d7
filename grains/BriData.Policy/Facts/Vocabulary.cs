using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>The closed lists of codes that packs, agreements and requests use. Every list is sorted ordinally unless it says otherwise.</summary>
public static class Vocabulary
{
    /// <summary>Purposes of a transfer, in the order of the fact sheet.</summary>
    public static ImmutableArray<string> Purposes { get; } =
    [
        "ContractWithSubject", "ContractForSubject", "HrManagement", "Emergency", "StatutoryDuty", "InternationalTrade",
        "AcademicCooperation", "CrossBorderManufacturing", "Marketing", "Analytics", "CentralProcessing",
        "ServiceToSubject", "ScientificResearch", "LegalClaims", "PublicInterest", "ForeignAuthorityRequest",
        "ThreatIntelSharing",
    ];

    /// <summary>Mechanism codes: the lawful routes, and the names of the exemptions.</summary>
    public static ImmutableArray<string> Mechanisms { get; } = Sorted(
        "CN_SECURITY_ASSESSMENT", "CN_STANDARD_CONTRACT", "CN_PI_CERTIFICATION", "CN_GBA_STANDARD_CONTRACT",
        "CN_EXEMPT_NO_PI_NO_IMPORTANT", "CN_EXEMPT_OVERSEAS_TRANSIT", "CN_EXEMPT_CONTRACT", "CN_EXEMPT_HR",
        "CN_EXEMPT_EMERGENCY", "CN_EXEMPT_SMALL_VOLUME", "CN_EXEMPT_FTZ_OUTSIDE_LIST", "CN_STATUTORY_DUTY",
        "RU_RKN_NOTIFICATION", "VN_TRANSFER_IMPACT_DOSSIER", "VN_MPS_APPROVAL", "ADEQUACY", "ADEQUACY_SELF_ASSESSED",
        "SCC", "BCR", "CERTIFICATION", "CONSENT", "VITAL_INTERESTS", "TIA", "DUE_DILIGENCE", "REGULATOR_LICENCE",
        "CONTRACT_NECESSITY", "LEGAL_CLAIMS", "PUBLIC_BODY_INSTRUMENT", "PUBLIC_INTEREST", "TREATY");

    /// <summary>Obligation codes.</summary>
    public static ImmutableArray<string> Obligations { get; } = Sorted(
        "NOTIFY_SUBJECT", "SEPARATE_CONSENT_IF_CONSENT_BASED", "IMPACT_ASSESSMENT", "SECURITY_MEASURES",
        "FILE_CONTRACT_10WD_IF_CONTRACT_ROUTE", "APPLY_VIA_PROVINCIAL_CAC", "RESULT_VALID_3Y", "CERTIFICATE_VALID_3Y",
        "STAY_WITHIN_ASSESSED_SCOPE", "REAPPLY_ON_CHANGE", "NO_ONWARD_OUTSIDE_GBA", "LOCAL_STORAGE", "LOCAL_COPY",
        "REGISTER_DATABASE", "REGULATOR_NOTIFICATION_BEFORE", "WAIT_10WD", "TRANSFER_DOSSIER_60D",
        "UPDATE_6_MONTHS_IF_CHANGED", "NOTIFY_AUTHORITY_5BD", "TRANSFER_RISK_ASSESSMENT", "TRANSFER_IMPACT_ASSESSMENT",
        "KEEP_RECORDS", "STOP_TRANSFER", "BREACH_NOTICE_1WD", "CONSENT_RECORD_TERMS", "DATA_MINIMISATION",
        "DOCUMENT_ADEQUACY_ASSESSMENT", "REPORT_15D", "RESULT_VALID_2Y");

    /// <summary>Wire codes of the outcomes, in the order of <see cref="RulePacks.RuleOutcome"/>.</summary>
    public static ImmutableArray<string> Outcomes { get; } =
    [
        "EXEMPT", "FREE_FLOW", "MECHANISM_REQUIRED", "PRIOR_APPROVAL_REQUIRED", "PROHIBITED", "OUT_OF_SCOPE",
        "NO_STATUTORY_RULE", "HUMAN_REVIEW",
    ];

    public static bool IsPurpose(string code) => Purposes.Contains(code, StringComparer.Ordinal);

    public static bool IsMechanism(string code) => Mechanisms.BinarySearch(code, StringComparer.Ordinal) >= 0;

    public static bool IsObligation(string code) => Obligations.BinarySearch(code, StringComparer.Ordinal) >= 0;

    private static ImmutableArray<string> Sorted(params string[] codes)
    {
        Array.Sort(codes, StringComparer.Ordinal);
        return [.. codes];
    }
}
