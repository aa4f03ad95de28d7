using System.Collections.Frozen;

namespace BriData.Entries.Visibility;

/// <summary>
/// The table of fields and sides for entries on agreements' ledgers. A path is a JSON pointer in which <c>*</c> stands for any
/// item of a list; what stands below a path in the table goes with it. A field that is not in the table is hidden (I3).
/// </summary>
internal static class FieldSides
{
    /// <summary>Members of the envelope and of the decision in it: the same for every kind.</summary>
    public static FrozenDictionary<string, FieldSide> Envelope { get; } = Table(
    [
        ("/agreement", FieldSide.Common),
        ("/at", FieldSide.Common),
        ("/by/agency", FieldSide.Actor),
        ("/by/country", FieldSide.Common),
        ("/by/officer", FieldSide.Actor),
        ("/dataset", FieldSide.Common),
        ("/decision/approvals/*/country", FieldSide.Common),
        ("/decision/approvals/*/role", FieldSide.Common),
        ("/decision/approvals/*/rule", FieldSide.ItemCountry),
        ("/decision/code", FieldSide.Common),
        ("/decision/kind", FieldSide.Common),
        ("/decision/mechanisms/*", FieldSide.ItemCode),
        ("/decision/missing/*", FieldSide.ItemSource),
        ("/decision/obligations", FieldSide.Common),
        ("/decision/outcome", FieldSide.Common),
        ("/decision/reason", FieldSide.Mixed),
        ("/decision/remedy", FieldSide.Mixed),
        ("/decision/rules/*", FieldSide.ItemLaw),
        ("/decision/versions/agreement", FieldSide.Common),
        ("/decision/versions/dataset", FieldSide.Common),
        ("/decision/versions/engine", FieldSide.Common),
        ("/decision/versions/exporterPack", FieldSide.Exporter),
        ("/decision/versions/importerPack", FieldSide.Importer),
        ("/decision/versions/scheme", FieldSide.Exporter),
        ("/exporter", FieldSide.Common),
        ("/importer", FieldSide.Common),
        ("/kind", FieldSide.Common),
        ("/op", FieldSide.Actor),
        ("/parties", FieldSide.Common),
        ("/transfer", FieldSide.Common),
        ("/v", FieldSide.Common),
    ]);

    /// <summary>Members of the data, by kind. A kind that is not here stands on ledgers of one country, or is hidden whole.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, FieldSide>> Data { get; } = new Dictionary<string, FrozenDictionary<string, FieldSide>>
    {
        ["agreement.drafted"] = Table([("/data/document", FieldSide.Common)]),
        ["agreement.signed"] = Table([("/data/country", FieldSide.Common), ("/data/after", FieldSide.Common), ("/data/signature", FieldSide.Actor)]),
        ["agreement.suspended"] = AgreementAct(),
        ["agreement.resumed"] = AgreementAct(),
        ["agreement.terminated"] = AgreementAct(),
        ["context.country"] = Table(
        [
            ("/data/context/country", FieldSide.Common),
            ("/data/context/asOf", FieldSide.Subject),
            ("/data/context/issuers", FieldSide.Subject),
            ("/data/context/schemeDigest", FieldSide.Subject),
            ("/data/context/packs", FieldSide.Subject),
            ("/data/context/witnesses", FieldSide.Subject),
            ("/data/context/keys", FieldSide.Subject),
        ]),
        ["context.agency"] = Table(
        [
            ("/data/context/agency", FieldSide.Common),
            ("/data/context/asOf", FieldSide.Subject),
            ("/data/context/document", FieldSide.Subject),
            ("/data/context/suspended", FieldSide.Subject),
            ("/data/context/dataSets", FieldSide.Subject),
        ]),
        ["transfer.requested"] = Table(
        [
            ("/data/number", FieldSide.Common),
            ("/data/purpose", FieldSide.Common),
            ("/data/legalBasis", FieldSide.Actor),
            ("/data/facts", FieldSide.Actor),
            ("/data/eventDate", FieldSide.Common),
            ("/data/usedThisYear", FieldSide.Common),
            ("/data/grant", FieldSide.Common),
            ("/data/status", FieldSide.Common),
            ("/data/expiresAt", FieldSide.Common),
            ("/data/totals", FieldSide.Exporter),
            ("/data/textKey", FieldSide.Actor),
        ]),
        ["transfer.approved"] = CountrysAct(),
        ["transfer.rejected"] = CountrysAct(),
        ["transfer.withdrawn"] = Act(),
        ["transfer.accepted"] = Act(),
        ["transfer.refused"] = Act(),
        ["transfer.expired"] = Table([]),
        ["transfer.stopped"] = Table([("/data/cause", FieldSide.Common)]),
        ["payload.deposited"] = Table(
        [
            ("/data/size", FieldSide.Common),
            ("/data/sha256", FieldSide.Common),
            ("/data/mediaType", FieldSide.Common),
            ("/data/jurisdiction", FieldSide.Exporter),
            ("/data/reference", FieldSide.Mixed),
            ("/data/payloadKey", FieldSide.Mixed),
        ]),
        ["payload.released"] = Table([("/data/sha256", FieldSide.Common), ("/data/first", FieldSide.Common), ("/data/last", FieldSide.Common)]),
        ["transfer.erased"] = Table(
        [
            ("/data/classes", FieldSide.Common),
            ("/data/rule", FieldSide.Common),
            ("/data/days", FieldSide.Common),
            ("/data/status", FieldSide.Common),
            ("/data/closed", FieldSide.Common),
            ("/data/keys", FieldSide.Mixed),
            ("/data/payload", FieldSide.Mixed),
            ("/data/reason", FieldSide.Actor),
            ("/data/textKey", FieldSide.Actor),
        ]),
        ["erasure.completed"] = Table([("/data/erasure", FieldSide.Common)]),
        ["totals.abandoned"] = Table([("/data/key", FieldSide.Mixed)]),
        ["publication.completed"] = Table([("/data/asOf", FieldSide.Common)]),
    }.ToFrozenDictionary();

    private static FrozenDictionary<string, FieldSide> AgreementAct() => Table(
    [
        ("/data/country", FieldSide.Common), ("/data/reason", FieldSide.Actor), ("/data/textKey", FieldSide.Actor), ("/data/after", FieldSide.Common), ("/data/signature", FieldSide.Actor),
    ]);

    private static FrozenDictionary<string, FieldSide> CountrysAct() =>
        Table([("/data/country", FieldSide.Common), ("/data/reason", FieldSide.Actor), ("/data/textKey", FieldSide.Actor), ("/data/after", FieldSide.Common)]);

    private static FrozenDictionary<string, FieldSide> Act() =>
        Table([("/data/reason", FieldSide.Actor), ("/data/textKey", FieldSide.Actor), ("/data/after", FieldSide.Common)]);

    private static FrozenDictionary<string, FieldSide> Table((string Path, FieldSide Side)[] rows) => rows.ToFrozenDictionary(r => r.Path, r => r.Side);
}
