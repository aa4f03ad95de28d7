using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>The entries of <see cref="FactCatalog"/>, grouped by who states them.</summary>
internal static partial class FactCatalogEntries
{
    public static IEnumerable<FactDefinition> Build() => [.. Platform(), .. Exporter(), .. PackSpecific(), .. Requester()];

    private static FactDefinition[] Platform() =>
    [
        Date(P, FactNames.EventDate, "Day of the transfer; selects the rule versions."),
        Country(P, FactNames.ExporterCountry, "Country of the side that holds the data."),
        Country(P, FactNames.RecipientCountry, "Country of the side that receives the data."),
        Enum(P, FactNames.PackRole, "Whether the pack judges as the law of the exporter or of the importer.",
            FactValue.Of("Exporter"), AbsencePolicy.Finding, "Exporter", "Importer"),
        Enum(P, FactNames.Purpose, "Why the data is transferred.", null, AbsencePolicy.AssumedWhenStated, [.. Vocabulary.Purposes]),
        Flag(P, FactNames.StateSecret, "The mark belongs to the state-secrets regime.", assumed: false),
        Flag(P, FactNames.CoreData, "The data is core data.", assumed: false),
        Text(P, FactNames.NationalGrade, "The mark as the country writes it."),
        Enum(P, FactNames.Tlp, "Traffic Light Protocol 2.0 label.", null, AbsencePolicy.Unknown,
            "CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"),
        Flag(P, FactNames.SecurityAgreementInForce, "An agreement in force recognises the secrecy mark.", assumed: false),
        Set(P, FactNames.MechanismsInPlace, "Lawful routes on record and in force.", empty: true, [.. Vocabulary.Mechanisms]),
        Count(P, FactNames.PersonalSubjects,
            "Persons whose non-sensitive personal information was exported since 1 January, de-duplicated, this transfer included, exempt flows excluded."),
        Count(P, FactNames.SensitiveSubjects,
            "Persons whose sensitive personal information was exported since 1 January, de-duplicated, this transfer included, exempt flows excluded."),
        Count(P, "exemptSubjectsSinceJan1", "Persons in flows that the law leaves out of the running totals."),
        Count(P, "priorYearSubjects", "Persons exported since 1 January of the previous year; counted by the 2022 rules only."),
        Count(P, "cumulativeSince20250701", "Persons with basic data transferred since 2025-07-01 (VN)."),
        Count(P, "sensitiveSubjectsSince20250701", "Persons with sensitive data transferred since 2025-07-01 (VN)."),
        Count(P, "bulkCount12Months", "Persons or devices within twelve months (US)."),
        Finding(P, "splitDetected", "Volumes were split to stay under a threshold."),
    ];

    private static FactDefinition[] Requester() =>
    [
        Flag(R, "recipientNamed", "The recipients are named persons (TLP)."),
        Enum(R, "audience", "Whom the recipient would show the data to (TLP).", null, AbsencePolicy.Unknown,
            "Recipient", "RecipientOrganisation", "ClientOfRecipient", "Community", "Public"),
        Flag(R, "needToKnow", "Every reader needs the data for the stated purpose (TLP)."),
        Country(R, "onwardTransferTo", "Country to which the recipient passes the data on.", FactValue.Of(FactDefinition.NoneCode), allowsNone: true),
        Text(R, "recipientRegisteredIn", "City or territory in which the recipient is registered (CN-GBA)."),
        Set(R, "recipientCertification", "Certifications that the recipient holds (SG).", empty: false,
            "ApecCbpr", "GlobalCbpr", "ApecPrp", "GlobalPrp"),
        Flag(R, "recipientDpfCertified", "The recipient takes part in the EU-US Data Privacy Framework (EU)."),
        Count(R, FactNames.Subjects, "Persons in this transfer."),
        Count(R, "recordCount", "Records in this transfer."),
    ];

    private const FactSource P = FactSource.Platform;
    private const FactSource E = FactSource.Exporter;
    private const FactSource R = FactSource.Requester;

    private static FactDefinition Flag(FactSource source, string name, string description, bool? assumed = null) =>
        new(name, FactType.Boolean, source, description, [], false)
        {
            Absence = assumed is null ? AbsencePolicy.Unknown : AbsencePolicy.AssumedWhenStated,
            AssumedWhenAbsent = assumed is { } value ? FactValue.Of(value) : null,
        };

    private static FactDefinition Finding(FactSource source, string name, string description) =>
        new(name, FactType.Boolean, source, description, [], false)
        {
            Absence = AbsencePolicy.Finding,
            AssumedWhenAbsent = FactValue.Of(false),
        };

    private static FactDefinition Count(FactSource source, string name, string description) =>
        new(name, FactType.Integer, source, description, [], false);

    private static FactDefinition Date(FactSource source, string name, string description) =>
        new(name, FactType.Date, source, description, [], false);

    private static FactDefinition Text(FactSource source, string name, string description, bool assumedNone = false) =>
        new(name, FactType.Text, source, description, [], false)
        {
            Absence = assumedNone ? AbsencePolicy.AssumedWhenStated : AbsencePolicy.Unknown,
        };

    private static FactDefinition Country(
        FactSource source, string name, string description, FactValue? assumed = null, bool allowsNone = false) =>
        new(name, FactType.Country, source, description, [], allowsNone)
        {
            Absence = assumed is null ? AbsencePolicy.Unknown : AbsencePolicy.AssumedWhenStated,
            AssumedWhenAbsent = assumed,
        };

    private static FactDefinition Enum(
        FactSource source, string name, string description, FactValue? assumed, AbsencePolicy absence, params ImmutableArray<string> values) =>
        new(name, FactType.Enumeration, source, description, values, false) { Absence = absence, AssumedWhenAbsent = assumed };

    private static FactDefinition Set(
        FactSource source, string name, string description, bool empty, params ImmutableArray<string> values) =>
        new(name, FactType.EnumerationSet, source, description, values, false)
        {
            Absence = empty ? AbsencePolicy.AssumedWhenStated : AbsencePolicy.Unknown,
            AssumedWhenAbsent = empty ? FactValue.OfSet([]) : null,
        };
}
