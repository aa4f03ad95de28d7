using System.Collections.Immutable;

namespace BriData.Contracts.Transfers;

/// <summary>A request for a transfer.</summary>
/// <param name="Agreement">Agreement identifier.</param>
/// <param name="DataSet">Data set identifier.</param>
/// <param name="Purpose">Purpose code of the vocabulary.</param>
/// <param name="LegalBasis">Citation of the legal basis in the requester's own law, at most 500 characters; kept beside the ledger, not in it.</param>
/// <param name="Facts">Facts the caller may state; null for none.</param>
/// <param name="Importer">For a push by the exporter: the receiving agency. A caller of the importer leaves it out.</param>
/// <param name="SubjectIds">Keyed hashes of the persons concerned, where the law counts persons; null leaves them to be counted by number.</param>
[GenerateSerializer, Immutable, Alias("bridata.transfer-request")]
public sealed record TransferRequest(
    [property: Id(0)] string Agreement,
    [property: Id(1)] string DataSet,
    [property: Id(2)] string Purpose,
    [property: Id(3)] string? LegalBasis,
    [property: Id(4)] JsonText Facts,
    [property: Id(5)] string? Importer = null,
    [property: Id(6)] SubjectIds? SubjectIds = null);

/// <summary>
/// Keyed hashes of subject identifiers, so that a person who occurs in several transfers is counted once. The key is the
/// exporter's own; each hash is base64url of 16 to 64 bytes. At most 1,000 of both kinds together; a larger transfer states
/// the fact <c>subjects</c> and is counted by number.
/// </summary>
/// <param name="General">Persons of whom nothing sensitive is transferred.</param>
/// <param name="Sensitive">Persons of whom something sensitive is transferred.</param>
[GenerateSerializer, Immutable, Alias("bridata.subject-ids")]
public sealed record SubjectIds(
    [property: Id(0)] ImmutableArray<string>? General = null,
    [property: Id(1)] ImmutableArray<string>? Sensitive = null);

/// <summary>The recorded answer to a request.</summary>
/// <param name="Id"><c>cn-kz-customs:42</c>.</param>
/// <param name="Status">Status the decision led to.</param>
/// <param name="Decision">The decision as recorded in the ledger entry, canonical JSON.</param>
/// <param name="Receipt">Where it is recorded.</param>
[GenerateSerializer, Immutable, Alias("bridata.transfer-reply")]
public sealed record TransferReply(
    [property: Id(0)] string Id,
    [property: Id(1)] string Status,
    [property: Id(2)] JsonText Decision,
    [property: Id(3)] ReceiptReference Receipt);

[GenerateSerializer, Immutable, Alias("bridata.transfer-preview")]
public sealed record TransferPreview([property: Id(0)] string Status, [property: Id(1)] JsonText Decision);

/// <summary>A transfer as a party may see it.</summary>
[GenerateSerializer, Immutable, Alias("bridata.transfer-view")]
public sealed record TransferView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Status,
    [property: Id(2)] string DataSet,
    [property: Id(3)] string Exporter,
    [property: Id(4)] string Importer,
    [property: Id(5)] string Purpose,
    [property: Id(6)] DateTimeOffset RequestedAt,
    [property: Id(7)] DateTimeOffset ExpiresAt,
    [property: Id(8)] ImmutableArray<string> ApprovalsPending,
    [property: Id(9)] PayloadView? Payload,
    [property: Id(10)] JsonText Decision,
    [property: Id(11)] ReceiptReference Receipt,
    [property: Id(12)] ReceiptReference LastReceipt)
{
    /// <summary>What was erased, in the order of the ledger.</summary>
    [Id(13)]
    public ImmutableArray<ErasureView> Erasures { get; init; } = [];
}

/// <summary>An erasure on record.</summary>
/// <param name="Index">Index of its entry in the ledger.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Classes">What was erased, of <c>payload</c> and <c>statements</c>.</param>
/// <param name="Rule"><c>request</c> or <c>retention</c>.</param>
/// <param name="Days">For retention, the days the agreement states.</param>
/// <param name="DestroyedAt">When the keys were known to be destroyed; null while that is still to be done.</param>
[GenerateSerializer, Immutable, Alias("bridata.erasure-view")]
public sealed record ErasureView(
    [property: Id(0)] long Index,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] ImmutableArray<string> Classes,
    [property: Id(3)] string Rule,
    [property: Id(4)] int? Days,
    [property: Id(5)] DateTimeOffset? DestroyedAt);

/// <summary>A text that the ledger holds only a commitment to: SHA-256 of salt and text (UTF-8).</summary>
/// <param name="Field">Member of the entry's data that holds the commitment.</param>
/// <param name="Status"><c>open</c>, <c>erased</c>, or <c>unavailable</c> when its key is not known here or it does not fit the commitment.</param>
/// <param name="Text">The text while it is open.</param>
/// <param name="Salt">Lower hex, while the text is open.</param>
/// <param name="ErasedAt">When its key was destroyed.</param>
[GenerateSerializer, Immutable, Alias("bridata.private-text")]
public sealed record PrivateTextView(
    [property: Id(0)] string Field,
    [property: Id(1)] string Status,
    [property: Id(2)] string? Text,
    [property: Id(3)] string? Salt,
    [property: Id(4)] DateTimeOffset? ErasedAt);

/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower hex.</param>
/// <param name="MediaType">As the depositor stated it.</param>
[GenerateSerializer, Immutable, Alias("bridata.payload-view")]
public sealed record PayloadView([property: Id(0)] long Size, [property: Id(1)] string Sha256, [property: Id(2)] string MediaType);

/// <summary>What a person may do to a transfer.</summary>
[GenerateSerializer, Alias("bridata.transfer-act")]
public enum TransferAct
{
    Approve = 0,
    Reject = 1,
    Withdraw = 2,
    Accept = 3,
    Refuse = 4,
}

/// <param name="Jurisdiction">Where the payload must rest.</param>
/// <param name="MaxBytes">Largest size.</param>
[GenerateSerializer, Immutable, Alias("bridata.deposit-ticket")]
public sealed record DepositTicket([property: Id(0)] string Jurisdiction, [property: Id(1)] long MaxBytes);

/// <summary>A payload is on record.</summary>
/// <param name="Transfer">The transfer now.</param>
/// <param name="Reference">The reference on record; another than the one offered when the same content was deposited before.</param>
[GenerateSerializer, Immutable, Alias("bridata.deposit-outcome")]
public sealed record DepositOutcome([property: Id(0)] TransferView Transfer, [property: Id(1)] string Reference);

/// <summary>A payload at rest. The reference is known to silos and gateways only.</summary>
/// <param name="Jurisdiction">Where it rests.</param>
/// <param name="Reference">Its reference there.</param>
/// <param name="Size">Bytes of plain content.</param>
/// <param name="Sha256">Of the plain content, lower hex.</param>
/// <param name="MediaType">As the depositor stated it.</param>
/// <param name="Key">Name of the key it is sealed under.</param>
[GenerateSerializer, Immutable, Alias("bridata.payload-descriptor")]
public sealed record PayloadDescriptor(
    [property: Id(0)] string Jurisdiction,
    [property: Id(1)] string Reference,
    [property: Id(2)] long Size,
    [property: Id(3)] string Sha256,
    [property: Id(4)] string MediaType,
    [property: Id(5)] string? Key = null);

/// <summary>A byte range, both ends inclusive (RFC 9110 section 14.1.2).</summary>
[GenerateSerializer, Immutable, Alias("bridata.byte-range")]
public sealed record ByteRange([property: Id(0)] long First, [property: Id(1)] long Last);
