using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;

namespace BriData.Entries.Events;

/// <summary>The kinds of ledger entries and the data each carries. A kind is never renamed or reused.</summary>
internal static class EventCatalog
{
    private static readonly (string Kind, JsonTypeInfo Type)[] Kinds =
    [
        ("country.founded", EventJson.Default.CountryFounded),
        ("country.issuers.put", EventJson.Default.IssuersPut),
        ("country.witnesses.put", EventJson.Default.WitnessesPut),
        ("country.scheme.put", EventJson.Default.SchemePut),
        ("rulepack.drafted", EventJson.Default.RulePackDrafted),
        ("rulepack.tested", EventJson.Default.RulePackTested),
        ("rulepack.approved", EventJson.Default.RulePackApproved),
        ("rulepack.reinstated", EventJson.Default.RulePackReinstated),
        ("country.key.registered", EventJson.Default.CountryKeyRegistered),
        ("country.key.confirmed", EventJson.Default.CountryKeyConfirmed),
        ("country.key.revoked", EventJson.Default.CountryKeyRevoked),
        ("agency.enrolled", EventJson.Default.AgencyEnrolled),
        ("agreement.linked", EventJson.Default.AgreementLinked),
        ("agreement.unlinked", EventJson.Default.AgreementUnlinked),
        ("publication.completed", EventJson.Default.PublicationCompleted),
        ("request.refused", EventJson.Default.RequestRefused),
        ("agency.put", EventJson.Default.AgencyPut),
        ("agency.suspended", EventJson.Default.AgencySuspended),
        ("agency.resumed", EventJson.Default.AgencyResumed),
        ("dataset.put", EventJson.Default.DataSetPut),
        ("totals.reserved", EventJson.Default.TotalsReserved),
        ("totals.abandoned", EventJson.Default.TotalsAbandoned),
        ("totals.settled", EventJson.Default.TotalsSettled),
        ("agreement.drafted", EventJson.Default.AgreementDrafted),
        ("agreement.signed", EventJson.Default.AgreementSigned),
        ("agreement.suspended", EventJson.Default.AgreementSuspended),
        ("agreement.resumed", EventJson.Default.AgreementResumed),
        ("agreement.terminated", EventJson.Default.AgreementTerminated),
        ("context.country", EventJson.Default.CountryContextTaken),
        ("context.agency", EventJson.Default.AgencyContextTaken),
        ("transfer.requested", EventJson.Default.TransferRequested),
        ("transfer.approved", EventJson.Default.TransferApproved),
        ("transfer.rejected", EventJson.Default.TransferRejected),
        ("transfer.withdrawn", EventJson.Default.TransferWithdrawn),
        ("transfer.accepted", EventJson.Default.TransferAccepted),
        ("transfer.refused", EventJson.Default.TransferRefused),
        ("transfer.expired", EventJson.Default.TransferExpired),
        ("transfer.stopped", EventJson.Default.TransferStopped),
        ("payload.deposited", EventJson.Default.PayloadDeposited),
        ("payload.released", EventJson.Default.PayloadReleased),
        ("audit.accessed", EventJson.Default.AuditAccessed),
        ("transfer.erased", EventJson.Default.TransferErased),
        ("erasure.completed", EventJson.Default.ErasureCompleted),
    ];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByKind = Kinds.ToFrozenDictionary(k => k.Kind, k => k.Type);
    private static readonly FrozenDictionary<Type, (string Kind, JsonTypeInfo Type)> ByType = Kinds.ToFrozenDictionary(k => k.Type.Type, k => k);

    public static IEnumerable<string> AllKinds => Kinds.Select(k => k.Kind);

    public static JsonTypeInfo? Find(string kind) => ByKind.GetValueOrDefault(kind);

    public static (string Kind, JsonTypeInfo Type) Of(EventData data) => ByType[data.GetType()];
}
