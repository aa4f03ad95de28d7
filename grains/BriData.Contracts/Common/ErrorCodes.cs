namespace BriData.Contracts;

/// <summary>
/// Stable codes of refusals. A code never changes its meaning; callers may branch on it. The HTTP status of each is in
/// the gateway's problem catalogue.
/// </summary>
public static class ErrorCodes
{
    // The request itself.
    public const string MalformedJson = "malformed_json";
    public const string InvalidField = "invalid_field";
    public const string UnknownField = "unknown_field";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string IdempotencyKeyMissing = "idempotency_key_missing";
    public const string IdempotencyKeyInvalid = "idempotency_key_invalid";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string InvalidCursor = "invalid_cursor";
    public const string PreconditionFailed = "precondition_failed";
    public const string RangeNotSatisfiable = "range_not_satisfiable";
    public const string RouteNotFound = "route_not_found";
    public const string MethodNotAllowed = "method_not_allowed";

    // The caller.
    public const string TokenMissing = "token_missing";
    public const string TokenMalformed = "token_malformed";
    public const string TokenUnsigned = "token_unsigned";
    public const string TokenAlgorithm = "token_algorithm";
    public const string TokenExpired = "token_expired";
    public const string TokenNotYetValid = "token_not_yet_valid";
    public const string TokenSignature = "token_signature";
    public const string IssuerNotRegistered = "issuer_not_registered";
    public const string IssuerUnavailable = "issuer_unavailable";
    public const string ClaimsInvalid = "claims_invalid";
    public const string AudienceInvalid = "audience_invalid";
    public const string RoleMissing = "role_missing";
    public const string NotYourCountry = "not_your_country";
    public const string NotYourAgency = "not_your_agency";
    public const string AgencySuspended = "agency_suspended";
    public const string SecondPersonNeeded = "second_person_needed";

    // The signature of an act.
    public const string SignatureInvalid = "signature_invalid";
    public const string SignatureRequired = "signature_required";
    public const string SigningKeyUnknown = "signing_key_unknown";
    public const string SigningKeyRevoked = "signing_key_revoked";

    // What the request names.
    public const string UnknownCountry = "unknown_country";
    public const string CountryNotMember = "country_not_member";
    public const string UnknownAgency = "unknown_agency";
    public const string UnknownDataSet = "unknown_dataset";
    public const string UnknownAgreement = "unknown_agreement";
    public const string UnknownTransfer = "unknown_transfer";
    public const string UnknownRulePack = "unknown_rule_pack";
    public const string UnknownSigningKey = "unknown_signing_key";
    public const string UnknownLedger = "unknown_ledger";
    public const string UnknownTile = "unknown_tile";
    public const string UnknownDocument = "unknown_document";
    public const string UnknownPurpose = "unknown_purpose";
    public const string UnknownFact = "unknown_fact";
    public const string InvalidFact = "invalid_fact";
    public const string FactNotAssertable = "fact_not_assertable";
    public const string UnknownMark = "unknown_mark";
    public const string ClassificationLowered = "classification_lowered";
    public const string NotAParty = "not_a_party";

    // The state of things.
    public const string AlreadyExists = "already_exists";
    public const string AlreadySigned = "already_signed";
    public const string AgreementNotInForce = "agreement_not_in_force";
    public const string WrongState = "wrong_state";
    public const string InvalidRulePack = "invalid_rule_pack";
    public const string InvalidScheme = "invalid_scheme";
    public const string RulePackUntested = "rule_pack_untested";
    public const string RulePackMissing = "rule_pack_missing";
    public const string PayloadTooLarge = "payload_too_large";
    public const string PayloadMissing = "payload_missing";
    public const string PayloadDigestMismatch = "payload_digest_mismatch";
    public const string TransferStopped = "transfer_stopped";
    public const string NotWitnessed = "not_witnessed";
    public const string PayloadErased = "payload_erased";

    // The platform.
    public const string RateLimited = "rate_limited";
    public const string Busy = "busy";
    public const string LedgerUnavailable = "ledger_unavailable";
    public const string LedgerFull = "ledger_full";
    public const string LedgerCorrupt = "ledger_corrupt";
    public const string OutcomeUnknown = "outcome_unknown";
    public const string PublicationPending = "publication_pending";
    public const string PayloadStorageUnavailable = "payload_storage_unavailable";
    public const string KeysUnavailable = "keys_unavailable";
    public const string ErasurePending = "erasure_pending";
    public const string ClusterUnavailable = "cluster_unavailable";
    public const string InternalError = "internal_error";
}
