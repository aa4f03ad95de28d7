using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Transfers;

namespace BriData.Entries.Events;

/// <summary>The kinds of ledger entries and the data each carries. A kind is never renamed or reused.</summary>
internal static class EventCatalog
{
    // As EventJson writes, but members sorted and no character escaped that need not be: nearly canonical (RFC 8785) as it stands.
    private static readonly JsonSerializerOptions Sorted = new(EventJson.Default.Options)
    {
        TypeInfoResolver = EventJson.Default.WithAddedModifier(SortMembers),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string Kind, JsonTypeInfo Type)[] Kinds =
    [
        ("country.founded", Of<CountryFounded>()),
        ("country.issuers.put", Of<IssuersPut>()),
        ("country.witnesses.put", Of<WitnessesPut>()),
        ("country.scheme.put", Of<SchemePut>()),
        ("rulepack.drafted", Of<RulePackDrafted>()),
        ("rulepack.tested", Of<RulePackTested>()),
        ("rulepack.approved", Of<RulePackApproved>()),
        ("rulepack.reinstated", Of<RulePackReinstated>()),
        ("country.key.registered", Of<CountryKeyRegistered>()),
        ("country.key.confirmed", Of<CountryKeyConfirmed>()),
        ("country.key.revoked", Of<CountryKeyRevoked>()),
        ("agency.enrolled", Of<AgencyEnrolled>()),
        ("agreement.linked", Of<AgreementLinked>()),
        ("agreement.unlinked", Of<AgreementUnlinked>()),
        ("publication.completed", Of<PublicationCompleted>()),
        ("request.refused", Of<RequestRefused>()),
        ("agency.put", Of<AgencyPut>()),
        ("agency.suspended", Of<AgencySuspended>()),
        ("agency.resumed", Of<AgencyResumed>()),
        ("dataset.put", Of<DataSetPut>()),
        ("totals.reserved", Of<TotalsReserved>()),
        ("totals.abandoned", Of<TotalsAbandoned>()),
        ("totals.settled", Of<TotalsSettled>()),
        ("agreement.drafted", Of<AgreementDrafted>()),
        ("agreement.signed", Of<AgreementSigned>()),
        ("agreement.suspended", Of<AgreementSuspended>()),
        ("agreement.resumed", Of<AgreementResumed>()),
        ("agreement.terminated", Of<AgreementTerminated>()),
        ("context.country", Of<CountryContextTaken>()),
        ("context.agency", Of<AgencyContextTaken>()),
        ("transfer.requested", Of<TransferRequested>()),
        ("transfer.approved", Of<TransferApproved>()),
        ("transfer.rejected", Of<TransferRejected>()),
        ("transfer.withdrawn", Of<TransferWithdrawn>()),
        ("transfer.accepted", Of<TransferAccepted>()),
        ("transfer.refused", Of<TransferRefused>()),
        ("transfer.expired", Of<TransferExpired>()),
        ("transfer.stopped", Of<TransferStopped>()),
        ("payload.deposited", Of<PayloadDeposited>()),
        ("payload.released", Of<PayloadReleased>()),
        ("audit.accessed", Of<AuditAccessed>()),
        ("transfer.erased", Of<TransferErased>()),
        ("erasure.completed", Of<ErasureCompleted>()),
    ];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByKind = Kinds.ToFrozenDictionary(k => k.Kind, k => k.Type);
    private static readonly FrozenDictionary<Type, (string Kind, JsonTypeInfo Type)> ByType = Kinds.ToFrozenDictionary(k => k.Type.Type, k => k);

    public static IEnumerable<string> AllKinds => Kinds.Select(k => k.Kind);

    public static JsonTypeInfo? Find(string kind) => ByKind.GetValueOrDefault(kind);

    public static (string Kind, JsonTypeInfo Type) Of(EventData data) => ByType[data.GetType()];

    private static JsonTypeInfo Of<T>() => Sorted.GetTypeInfo(typeof(T));

    private static void SortMembers(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var member in type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            member.Order = order++;
        }
    }
}
