using System.Collections.Immutable;
using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Policy.Decisions;

namespace BriData.Entries.Tests.Events;

/// <summary>Entries of every kind, with every member set; where members came later, also one without them.</summary>
internal static class EventSamples
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private const string TextKey = "CCCCCCCCCCCCCCCCCCCCCC";
    private const string KeyId = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    private const string Signature = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private static readonly DateTimeOffset At = new(2026, 6, 15, 8, 30, 0, 125, TimeSpan.Zero);

    private static readonly JsonText Jwk = Json("""{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""");

    private static readonly AgencyDocument Agency = new(Names("Customs"), "customs", "StateOrgan", true);

    private static readonly DataSetDocument DataSet = new(
        Names("Declarations"),
        "internal",
        "important",
        ["General"],
        "GREEN",
        [new DataSetField("name", "internal", "general", ["Sensitive"])],
        Json("""{"dataKind":"Mixed"}"""),
        "members",
        "text/csv",
        [new DataSetSource("KZ/customs/lines", "cn-kz-customs:7")]);

    private static readonly InheritedClassification Inherited = new(
        "internal", "general", ["General"], "GREEN", false, [new DataSetOrigin("KZ/customs/lines", "KZ", "cn-kz-customs", "all", ["SG"], ["KEEP_RECORDS"])]);

    public static readonly AgreementDocument Terms = new(
        "cn-kz-customs",
        Names("Customs data"),
        ["CN", "KZ"],
        new DateOnly(2026, 1, 1),
        [new GrantDocument("all", ["CN/customs/*"], ["KZ/customs"], ["InternationalTrade"], "restricted", "CN", 10, ["SG"])],
        new DateOnly(2030, 12, 31),
        [new RecognitionDocument("CN", "internal", "internal", new DateOnly(2026, 1, 1), new DateOnly(2029, 1, 1))],
        [new MechanismDocument("CN_STANDARD_CONTRACT", "CN", new DateOnly(2026, 1, 1), new DateOnly(2029, 1, 1), Json("""{"safeguard":["StandardContract"]}"""))],
        20,
        1_000_000);

    private static readonly AgreementAfter AgreementAfter = new("suspended", ["CN", "KZ"], ["CN"], 4);

    private static readonly TransferAfter TransferAfter = new("pendingApproval", ["KZ"]);

    public static IEnumerable<LedgerEvent> All() => Data().Select(data => new LedgerEvent
    {
        At = At,
        Parties = ["CN", "KZ"],
        By = new Actor("KZ", "KZ/customs", "o-AAAAAAAAAAAAAAAAAAAAAA"),
        Agreement = "cn-kz-customs",
        Transfer = "cn-kz-customs:42",
        DataSet = "CN/customs/declarations",
        Exporter = "CN/customs",
        Importer = "KZ/customs",
        Fingerprint = Digest,
        Decision = data is TransferRequested or TransferStopped ? """{"approvals":[{"country":"CN","role":"approver","rule":"all"}],"outcome":"ApprovalRequired"}"""u8.ToArray() : default,
        Data = data,
    });

    /// <summary>The first sample of a kind as a ledger holds it.</summary>
    public static byte[] Encoded(string kind) => EventEncoder.Encode(All().First(e => EventCatalog.Of(e.Data).Kind == kind));

    private static IEnumerable<EventData> Data()
    {
        IssuerRegistration[] issuers = [new("https://id.example", "https://id.example/.well-known/openid-configuration")];
        yield return new CountryFounded([.. issuers]);
        yield return new IssuersPut([.. issuers]);
        yield return new WitnessesPut(new WitnessList([new WitnessRegistration("witness.example/kz+08db581f+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X", "https://witness.example/kz")], 1));
        yield return new SchemePut(Digest, "2026-01");
        yield return new RulePackDrafted("CN", "2026.1", Digest);
        yield return new RulePackTested("2026.1", 91, 90, 35, 34);
        yield return new RulePackApproved("2026.1", new DateOnly(2026, 7, 1));
        yield return new RulePackReinstated("2026.1", new DateOnly(2026, 7, 1));
        yield return new RulePackApproved("2026.1", new DateOnly(2026, 7, 1), Signature);
        yield return new RulePackReinstated("2026.1", new DateOnly(2026, 7, 1), Signature);
        yield return new CountryKeyRegistered(KeyId, Jwk, At, At.AddYears(2), Signature, Signature);
        yield return new CountryKeyConfirmed(KeyId);
        yield return new CountryKeyRevoked(KeyId, At, Digest);
        yield return new CountryKeyRevoked(KeyId, At, Digest, TextKey);
        yield return new AgencyEnrolled("customs");
        yield return new AgreementLinked("cn-kz-customs", ["CN", "KZ"]);
        yield return new AgreementUnlinked("cn-kz-customs");
        yield return new PublicationCompleted(7);
        yield return new RequestRefused("agency_suspended");
        yield return new AgencyPut(Agency);
        yield return new AgencySuspended(Digest);
        yield return new AgencyResumed(Digest);
        yield return new AgencySuspended(Digest, TextKey);
        yield return new AgencyResumed(Digest, TextKey);
        yield return new DataSetPut("declarations", DataSet, Inherited);
        yield return new TotalsReserved("cn-kz-customs/" + Digest, new DateOnly(2026, 6, 15), 3, 2, ["AAAAAAAAAAAAAAAAAAAAAA"], ["BBBBBBBBBBBBBBBBBBBBBA"]);
        yield return new TotalsAbandoned(Digest);
        yield return new TotalsSettled("cn-kz-customs/" + Digest, "confirmed");
        yield return new AgreementDrafted(Terms);
        yield return new AgreementDrafted(Terms with
        {
            Retention = ImmutableSortedDictionary<string, RetentionDocument>.Empty.Add("payload", new RetentionDocument(30)),
        });
        yield return new AgreementSigned("CN", AgreementAfter);
        yield return new AgreementSuspended("CN", Digest, AgreementAfter);
        yield return new AgreementResumed("CN", Digest, AgreementAfter);
        yield return new AgreementTerminated("CN", Digest, AgreementAfter);
        yield return new AgreementSigned("CN", AgreementAfter, Signature);
        yield return new AgreementSuspended("CN", Digest, AgreementAfter, Signature);
        yield return new AgreementResumed("CN", Digest, AgreementAfter, Signature);
        yield return new AgreementTerminated("CN", Digest, AgreementAfter, Signature);
        yield return new AgreementSuspended("CN", Digest, AgreementAfter, Signature, TextKey);
        yield return new AgreementResumed("CN", Digest, AgreementAfter, Signature, TextKey);
        yield return new AgreementTerminated("CN", Digest, AgreementAfter, Signature, TextKey);
        yield return new CountryContextTaken(new CountryContext("CN", 9, ["https://id.example"], Digest, [new PackInForce("2026.1", Digest, new DateOnly(2026, 7, 1), "CN-FTZ-SHANGHAI")]));
        yield return new CountryContextTaken(new CountryContext("CN", 9, [], null, [], Keys: [new SigningKey(KeyId, Jwk, At, At, At, At.AddYears(2), At.AddYears(1))]));
        yield return new AgencyContextTaken(new AgencyContext("CN/customs", 5, Agency, true, [new DataSetView("CN/customs/declarations", DataSet, 3, null, Inherited)]));
        yield return new TransferRequested(
            42, "InternationalTrade", Digest, Json("""{"subjects":3}"""), new DateOnly(2026, 6, 15), 4, "all", "pendingApproval", new DateTimeOffset(2026, 7, 15, 8, 30, 0, 125, TimeSpan.Zero),
            new TransferTotals(true, [new RunningTotal("personalInfoSubjectsSinceJan1", 70_000, 3)]));
        yield return new TransferApproved("CN", Digest, TransferAfter);
        yield return new TransferRejected("CN", Digest, TransferAfter);
        yield return new TransferWithdrawn(Digest, TransferAfter);
        yield return new TransferAccepted(null, TransferAfter);
        yield return new TransferRefused(Digest, TransferAfter);
        yield return new TransferExpired();
        yield return new TransferStopped("AGENCY_SUSPENDED");
        yield return new PayloadDeposited(850_576, Digest, "text/csv", "CN", "0011223344556677");
        yield return new PayloadReleased(Digest, 0, 850_575);
        yield return new TransferRequested(
            42, "InternationalTrade", Digest, Json("{}"), new DateOnly(2026, 6, 15), 4, null, "denied", new DateTimeOffset(2026, 7, 15, 8, 30, 0, 125, TimeSpan.Zero), null, TextKey);
        yield return new TransferApproved("CN", Digest, TransferAfter, TextKey);
        yield return new TransferRejected("CN", Digest, TransferAfter, TextKey);
        yield return new TransferWithdrawn(Digest, TransferAfter, TextKey);
        yield return new TransferAccepted(Digest, TransferAfter, TextKey);
        yield return new TransferRefused(Digest, TransferAfter, TextKey);
        yield return new PayloadDeposited(850_576, Digest, "text/csv", "CN", "0011223344556677", TextKey);
        yield return new TransferErased(
            ["payload", "statements"], "retention", 30, [TextKey], new PayloadLocation("CN", "0011223344556677"), "erasing", 41, Digest, TextKey);
        yield return new ErasureCompleted(7);
        yield return new AuditAccessed("search", [new AskedCondition("q", Commitment: Digest)], TextKey: TextKey);
        yield return new AuditAccessed(
            "search",
            [new AskedCondition("agreement", "cn-kz-customs"), new AskedCondition("q", Commitment: Digest)],
            "agreement/cn-kz-customs",
            12,
            new DateTimeOffset(2026, 6, 15, 8, 40, 0, 125, TimeSpan.Zero),
            4,
            Digest);
    }

    private static JsonText Json(string text) => new(Encoding.UTF8.GetBytes(text));

    private static ImmutableSortedDictionary<string, string> Names(string name) => ImmutableSortedDictionary<string, string>.Empty.Add("en", name);
}
