namespace BriData.Entries.Judging;

/// <summary>Codes of what can be wrong with what entries say. A code is never renamed or reused.</summary>
public static class JudgeCodes
{
    public const string UnknownLedgerKind = "unknown_ledger_kind";
    public const string UnknownKind = "unknown_kind";
    public const string MalformedEntry = "malformed_entry";
    public const string KindOutOfPlace = "kind_out_of_place";
    public const string EnvelopeDiffers = "envelope_differs";
    public const string WrongActor = "wrong_actor";
    public const string WrongParties = "wrong_parties";
    public const string TimeReversed = "time_reversed";
    public const string WrongDate = "wrong_date";
    public const string CounterGap = "counter_gap";
    public const string WrongState = "wrong_state";
    public const string AfterDiffers = "after_differs";
    public const string NotInForce = "not_in_force";
    public const string SecondPersonNeeded = "second_person_needed";
    public const string SignatureMissing = "signature_missing";
    public const string SignatureInvalid = "signature_invalid";
    public const string ContextStale = "context_stale";
    public const string ContextDiffers = "context_differs";
    public const string ContextMissing = "context_missing";
    public const string UnknownDataSet = "unknown_data_set";
    public const string UnknownTransfer = "unknown_transfer";
    public const string TooLate = "too_late";
    public const string PayloadDiffers = "payload_differs";
    public const string Unlawful = "unlawful";
    public const string StatusDiffers = "status_differs";
    public const string DecisionDiffers = "decision_differs";
    public const string DocumentMissing = "document_missing";
    public const string DocumentDiffers = "document_differs";
    public const string TestsDiffer = "tests_differ";
    public const string ClassificationLowered = "classification_lowered";
    public const string TotalsNotOpen = "totals_not_open";
    public const string TotalsDiffer = "totals_differ";
    public const string FactNotAssertable = "fact_not_assertable";
    public const string AgencySuspended = "agency_suspended";
    public const string ValueNotSealed = "value_not_sealed";
    public const string SignatureDistrusted = "signature_distrusted";
    public const string InvalidMember = "invalid_member";
}
