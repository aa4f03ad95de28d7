using System.Collections.Immutable;

namespace BriData.Contracts.Agreements;

/// <summary>The terms of an agreement as its drafter states them.</summary>
/// <param name="Id">2 to 64 characters of <c>[a-z0-9-]</c>.</param>
/// <param name="Title">Title by language tag; <c>en</c> is required.</param>
/// <param name="Parties">Two or more countries, ISO 3166-1 alpha-2.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="Grants">Who may receive what of whom, and why.</param>
/// <param name="ValidTo">Last day, inclusive; null while open-ended.</param>
/// <param name="Recognitions">Marks that all parties recognise.</param>
/// <param name="Mechanisms">Lawful routes on record.</param>
/// <param name="TransferValidDays">Days after which an unfinished transfer expires, 1 to 3650.</param>
/// <param name="MaxPayloadBytes">Largest payload of one transfer.</param>
/// <param name="Retention">How long what can be erased is kept, by class (<c>payload</c>, <c>statements</c>); a class that is not named is kept until somebody erases it.</param>
[GenerateSerializer, Immutable, Alias("bridata.agreement-document")]
public sealed record AgreementDocument(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableSortedDictionary<string, string> Title,
    [property: Id(2)] ImmutableArray<string> Parties,
    [property: Id(3)] DateOnly ValidFrom,
    [property: Id(5)] ImmutableArray<GrantDocument> Grants,
    [property: Id(4)] DateOnly? ValidTo = null,
    [property: Id(6)] ImmutableArray<RecognitionDocument>? Recognitions = null,
    [property: Id(7)] ImmutableArray<MechanismDocument>? Mechanisms = null,
    [property: Id(8)] int TransferValidDays = 30,
    [property: Id(9)] long? MaxPayloadBytes = null,
    [property: Id(10)] ImmutableSortedDictionary<string, RetentionDocument>? Retention = null);

/// <param name="Days">Days after the transfer closed, 1 to 36,500.</param>
[GenerateSerializer, Immutable, Alias("bridata.retention-document")]
public sealed record RetentionDocument([property: Id(0)] int Days);

/// <param name="Id">Name within the agreement.</param>
/// <param name="DataSets">Data set identifiers, or an agency's prefix ending in <c>/*</c>.</param>
/// <param name="Importers">Agencies that may receive.</param>
/// <param name="Purposes">Purpose codes of the vocabulary.</param>
/// <param name="MaxLevel">Highest neutral level: <c>open</c> … <c>top</c>.</param>
/// <param name="ApprovalBy">Country whose approver must release each transfer, or null.</param>
/// <param name="TransfersPerYear">Transfers allowed in one UTC calendar year, or null.</param>
/// <param name="OnwardTo">Countries to which a recipient may pass the data on, as it is or in derived data; null for none.</param>
[GenerateSerializer, Immutable, Alias("bridata.grant-document")]
public sealed record GrantDocument(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<string> DataSets,
    [property: Id(2)] ImmutableArray<string> Importers,
    [property: Id(3)] ImmutableArray<string> Purposes,
    [property: Id(4)] string MaxLevel,
    [property: Id(5)] string? ApprovalBy = null,
    [property: Id(6)] long? TransfersPerYear = null,
    [property: Id(7)] ImmutableArray<string>? OnwardTo = null);

[GenerateSerializer, Immutable, Alias("bridata.recognition-document")]
public sealed record RecognitionDocument(
    [property: Id(0)] string Country,
    [property: Id(1)] string Mark,
    [property: Id(2)] string Level,
    [property: Id(3)] DateOnly From,
    [property: Id(4)] DateOnly? Until = null);

[GenerateSerializer, Immutable, Alias("bridata.mechanism-document")]
public sealed record MechanismDocument(
    [property: Id(0)] string Code,
    [property: Id(1)] string Jurisdiction,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] DateOnly? Until = null,
    [property: Id(4)] JsonText Facts = default);

/// <summary>What a party may do to an agreement after it was signed.</summary>
[GenerateSerializer, Alias("bridata.agreement-act")]
public enum AgreementAct
{
    Suspend = 0,
    Resume = 1,
    Terminate = 2,
}

/// <param name="Document">The terms.</param>
/// <param name="Status"><c>draft</c>, <c>inForce</c>, <c>suspended</c>, or <c>terminated</c>.</param>
/// <param name="SignedBy">Countries that have signed, sorted.</param>
/// <param name="SuspendedBy">Countries whose suspension stands, sorted.</param>
/// <param name="Version">Version of the state; serves as ETag.</param>
/// <param name="Receipt">Ledger entry of the last act.</param>
/// <param name="DocumentDigest">SHA-256 (lower hex) of the terms as the ledger holds them, canonical JSON (RFC 8785); what a signed act names.</param>
[GenerateSerializer, Immutable, Alias("bridata.agreement-view")]
public sealed record AgreementView(
    [property: Id(0)] AgreementDocument Document,
    [property: Id(1)] string Status,
    [property: Id(2)] ImmutableArray<string> SignedBy,
    [property: Id(3)] ImmutableArray<string> SuspendedBy,
    [property: Id(4)] int Version,
    [property: Id(5)] ReceiptReference? Receipt,
    [property: Id(6)] string? DocumentDigest = null);
