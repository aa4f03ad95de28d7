using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Transfers;
using BriData.Gateway.Http;

namespace BriData.Gateway.Endpoints;

// The bodies of the HTTP contract that differ from the grains' records.

/// <summary>A reason for the record; kept beside the ledger, not in it. At most 2,000 characters.</summary>
internal sealed record ReasonRequest(string? Reason = null) : IRefusable
{
    private const int MaxReason = 2_000;

    [JsonIgnore]
    public Refusal? Refusal => Reason?.Length > MaxReason
        ? new Refusal(ErrorCodes.InvalidField, $"reason has more than {MaxReason} characters.")
        : null;
}

/// <param name="Classes">What to erase, of <c>payload</c> and <c>statements</c>; left out: everything.</param>
/// <param name="Reason">Why, for the record; kept beside the ledger, not in it. At most 2,000 characters.</param>
internal sealed record EraseRequest(ImmutableArray<string>? Classes = null, string? Reason = null) : IRefusable
{
    [JsonIgnore]
    public Refusal? Refusal => new ReasonRequest(Reason).Refusal;
}

/// <param name="InForceFrom">First day in force; left out for today.</param>
/// <param name="Signature">The act as a compact JWS (RFC 7515), type <c>bridata-act+jws</c>; needed once the country has a key.</param>
internal sealed record ApproveRulePackRequest(DateOnly? InForceFrom = null, string? Signature = null);

/// <summary>Facts to be judged under the exporter's pack.</summary>
/// <param name="Exporter">A country, a part of one with a regime of its own (<c>AE-DIFC</c>), or <c>EU</c>.</param>
/// <param name="EventDate">Day of the transfer; selects the rules.</param>
/// <param name="Facts">Facts of the vocabulary.</param>
/// <param name="Importer">The country of the recipient, or left out.</param>
/// <param name="Version">A version of the exporter's pack to judge by, also a draft; its administrators only. Left out: what is in force.</param>
internal sealed record EvaluateRequest(string Exporter, DateOnly EventDate, JsonText Facts, string? Importer = null, string? Version = null);

/// <summary>The verdict on stated facts.</summary>
/// <param name="Outcome">The strictest outcome that the facts leave possible.</param>
/// <param name="MayProceedNow">Whether the transfer may start now; null when the facts do not tell.</param>
/// <param name="Mechanisms">Routes of which one is needed, or the name of the exemption.</param>
/// <param name="Obligations">What must be done.</param>
/// <param name="MissingFacts">Facts that nobody stated and that could change the verdict.</param>
/// <param name="Assumptions">Facts that nobody stated and that were taken to have their harmless value.</param>
/// <param name="Rules">Every rule that was looked at.</param>
/// <param name="Pack">The pack that judged.</param>
internal sealed record EvaluateResponse(
    string Outcome,
    bool? MayProceedNow,
    ImmutableArray<string> Mechanisms,
    ImmutableArray<string> Obligations,
    ImmutableArray<string> MissingFacts,
    ImmutableArray<string> Assumptions,
    ImmutableArray<EvaluatedRule> Rules,
    EvaluatedPack Pack);

/// <param name="Result"><c>matched</c>, <c>notMatched</c>, <c>unknown</c> or <c>notApplicable</c>.</param>
/// <param name="Text">The rule in words, for those that match or may match.</param>
internal sealed record EvaluatedRule(string Id, string Citation, string Result, string? Text = null);

internal sealed record EvaluatedPack(string Jurisdiction, string Version);

/// <summary>A request for a transfer.</summary>
/// <param name="Agreement">Agreement identifier.</param>
/// <param name="Dataset">Data set identifier.</param>
/// <param name="Purpose">Purpose code.</param>
/// <param name="LegalBasis">Citation of the legal basis, at most 500 characters; kept beside the ledger, not in it.</param>
/// <param name="Facts">Facts the caller may state.</param>
/// <param name="Importer">For a push by the exporter: the receiving agency.</param>
/// <param name="SubjectIds">Keyed hashes of the persons concerned, where the exporter's law counts persons.</param>
internal sealed record TransferCreateRequest(
    string Agreement,
    string Dataset,
    string Purpose,
    string? LegalBasis = null,
    JsonText? Facts = null,
    string? Importer = null,
    SubjectIds? SubjectIds = null);

internal sealed record AgencyResponse(
    string Id,
    ImmutableSortedDictionary<string, string> Names,
    string Kind,
    string? ExporterKind,
    bool CriticalInfrastructureOperator,
    bool Suspended,
    int Version,
    ReceiptReference? Receipt)
{
    public static AgencyResponse From(AgencyView view) => new(
        view.Id,
        view.Document.Names,
        view.Document.Kind,
        view.Document.ExporterKind,
        view.Document.CriticalInfrastructureOperator,
        view.Suspended,
        view.Version,
        view.Receipt);
}

internal sealed record DataSetResponse(
    string Id,
    ImmutableSortedDictionary<string, string> Title,
    string Mark,
    string Grade,
    ImmutableArray<string> Categories,
    string Tlp,
    ImmutableArray<DataSetField> Fields,
    JsonText Facts,
    string Visibility,
    string? MediaType,
    ImmutableArray<DataSetSource> DerivedFrom,
    InheritedClassification? Inherited,
    int Version,
    ReceiptReference? Receipt)
{
    public static DataSetResponse From(DataSetView view) => new(
        view.Id,
        view.Document.Title,
        view.Document.Mark,
        view.Document.Grade,
        view.Document.Categories ?? [],
        view.Document.Tlp,
        view.Document.Fields ?? [],
        view.Document.Facts,
        view.Document.Visibility,
        view.Document.MediaType,
        view.Document.DerivedFrom ?? [],
        view.Inherited,
        view.Version,
        view.Receipt);
}

internal sealed record DataSetPageResponse(ImmutableArray<DataSetResponse> Items, string? Next);

internal sealed record AgreementResponse(
    string Id,
    string Status,
    ImmutableSortedDictionary<string, string> Title,
    ImmutableArray<string> Parties,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    ImmutableArray<GrantDocument> Grants,
    ImmutableArray<RecognitionDocument> Recognitions,
    ImmutableArray<MechanismDocument> Mechanisms,
    int TransferValidDays,
    long? MaxPayloadBytes,
    ImmutableSortedDictionary<string, RetentionDocument>? Retention,
    ImmutableArray<string> SignedBy,
    ImmutableArray<string> SuspendedBy,
    int Version,
    ReceiptReference? Receipt,
    string? DocumentDigest)
{
    public static AgreementResponse From(AgreementView view) => new(
        view.Document.Id,
        view.Status,
        view.Document.Title,
        view.Document.Parties,
        view.Document.ValidFrom,
        view.Document.ValidTo,
        view.Document.Grants,
        view.Document.Recognitions ?? [],
        view.Document.Mechanisms ?? [],
        view.Document.TransferValidDays,
        view.Document.MaxPayloadBytes,
        view.Document.Retention,
        view.SignedBy,
        view.SuspendedBy,
        view.Version,
        view.Receipt,
        view.DocumentDigest);
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Roles">Among agency, approver, auditor, admin, regulator.</param>
/// <param name="Subject">The officer.</param>
/// <param name="Agency">Agency slug, or null.</param>
/// <param name="LifetimeSeconds">1 to 86,400; default one hour.</param>
internal sealed record TokenRequest(string Country, ImmutableArray<string> Roles, string Subject, string? Agency = null, int? LifetimeSeconds = null);

internal sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn);
