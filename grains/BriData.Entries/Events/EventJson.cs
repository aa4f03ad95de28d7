using System.Text.Json.Serialization;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Transfers;

namespace BriData.Entries.Events;

/// <summary>Source-generated JSON of everything that is stored: entry data and grain snapshots.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CountryFounded))]
[JsonSerializable(typeof(IssuersPut))]
[JsonSerializable(typeof(WitnessesPut))]
[JsonSerializable(typeof(SchemePut))]
[JsonSerializable(typeof(RulePackDrafted))]
[JsonSerializable(typeof(RulePackTested))]
[JsonSerializable(typeof(RulePackApproved))]
[JsonSerializable(typeof(RulePackReinstated))]
[JsonSerializable(typeof(CountryKeyRegistered))]
[JsonSerializable(typeof(CountryKeyConfirmed))]
[JsonSerializable(typeof(CountryKeyRevoked))]
[JsonSerializable(typeof(AgencyEnrolled))]
[JsonSerializable(typeof(AgreementLinked))]
[JsonSerializable(typeof(AgreementUnlinked))]
[JsonSerializable(typeof(PublicationCompleted))]
[JsonSerializable(typeof(RequestRefused))]
[JsonSerializable(typeof(AgencyPut))]
[JsonSerializable(typeof(AgencySuspended))]
[JsonSerializable(typeof(AgencyResumed))]
[JsonSerializable(typeof(DataSetPut))]
[JsonSerializable(typeof(TotalsReserved))]
[JsonSerializable(typeof(TotalsSettled))]
[JsonSerializable(typeof(TotalsAbandoned))]
[JsonSerializable(typeof(AgreementDocument))]
[JsonSerializable(typeof(AgreementDrafted))]
[JsonSerializable(typeof(AgreementSigned))]
[JsonSerializable(typeof(AgreementSuspended))]
[JsonSerializable(typeof(AgreementResumed))]
[JsonSerializable(typeof(AgreementTerminated))]
[JsonSerializable(typeof(CountryContextTaken))]
[JsonSerializable(typeof(AgencyContextTaken))]
[JsonSerializable(typeof(TransferRequested))]
[JsonSerializable(typeof(TransferApproved))]
[JsonSerializable(typeof(TransferRejected))]
[JsonSerializable(typeof(TransferWithdrawn))]
[JsonSerializable(typeof(TransferAccepted))]
[JsonSerializable(typeof(TransferRefused))]
[JsonSerializable(typeof(TransferExpired))]
[JsonSerializable(typeof(TransferStopped))]
[JsonSerializable(typeof(PayloadDeposited))]
[JsonSerializable(typeof(PayloadReleased))]
[JsonSerializable(typeof(AuditAccessed))]
[JsonSerializable(typeof(TransferErased))]
[JsonSerializable(typeof(ErasureCompleted))]
[JsonSerializable(typeof(CountryState))]
[JsonSerializable(typeof(AgencyState))]
[JsonSerializable(typeof(AgreementState))]
[JsonSerializable(typeof(AccessState))]
[JsonSerializable(typeof(PrivateTexts))]
[JsonSerializable(typeof(DataSetView))]
[JsonSerializable(typeof(InheritedClassification))]
[JsonSerializable(typeof(DataSetDocument))]
[JsonSerializable(typeof(AgencyDocument))]
[JsonSerializable(typeof(LedgerSnapshot))]
internal sealed partial class EventJson : JsonSerializerContext;
