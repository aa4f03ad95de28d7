using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Countries;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Notes;
using BriData.Ledger.Signing;
using BriData.Policy.Classification;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Tests.Judging;

/// <summary>An honest ledger of each kind, which every kind of entry on it is met in.</summary>
internal sealed record History(LedgerId Ledger, IReadOnlyList<LedgerEvent> Entries, IDocumentReader Documents, RuleLibrary Library);

/// <summary>Honest histories, made once.</summary>
internal static class Histories
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<History>> TheAgreement = new(WriteAgreementAsync);
    private static readonly Lazy<Task<History>> TheCountry = new(WriteCountryAsync);
    private static readonly Lazy<Task<History>> TheAgency = new(WriteAgencyAsync);

    public static Task<History> AgreementAsync() => TheAgreement.Value;

    public static Task<History> CountryAsync() => TheCountry.Value;

    public static Task<History> AgencyAsync() => TheAgency.Value;

    public static async Task<History> OfAsync(string kind) => kind switch
    {
        "agreement" => await AgreementAsync(),
        "country" => await CountryAsync(),
        "access" => Accesses(),
        _ => await AgencyAsync(),
    };

    private static async Task<History> WriteAgreementAsync()
    {
        var documents = await AgreementScript.DocumentsAsync();
        var entries = new List<LedgerEvent>();
        var s = new AgreementScript(documents) { Append = entries.Add };
        s.GiveKey("CN");
        await s.BringIntoForceAsync();
        var whole = await s.AskAsync(AgreementScript.Declarations);
        await s.DepositAsync(whole);
        await s.CollectAsync(whole);
        await s.CollectAsync(whole, 1000);
        await s.AcceptAsync(whole);
        await s.EraseAsync(whole, AgreementScript.Officer(AgreementScript.Exporter), new TransferErased(
            ["payload", "statements"], "request", null, [AgreementScript.PayloadKey(whole), AgreementScript.TextKey(whole)], AgreementScript.Payload, "erasing", null, AgreementScript.Sha256, "reason-key"));
        var approved = await s.AskAsync(AgreementScript.Manifests);
        await s.ApproveAsync(approved);
        await s.DepositAsync(approved);
        await s.CollectAsync(approved);
        await s.ActAsync(approved, AgreementScript.Officer(AgreementScript.Importer), new TransferRefused(null, new TransferAfter("refusedByRecipient", [])));
        var rejected = await s.AskAsync(AgreementScript.Manifests);
        await s.ActAsync(rejected, AgreementScript.Admin("CN", "approver"), new TransferRejected("CN", null, new TransferAfter("rejected", [])));
        await s.AskAsync(AgreementScript.Declarations, purpose: "LawEnforcement");
        await s.AskAsync(AgreementScript.People);
        await s.AskAsync(AgreementScript.People, facts: """{"subjects":5000}""", persons: 4999);
        await s.AskAsync(AgreementScript.Declarations, facts: """{"importantData":"Notified"}""", by: AgreementScript.Exporter);
        await s.TellAsync(AgreementScript.Exporter, suspended: false, [AgreementScript.Derived(1, AgreementScript.Inherited)]);
        await s.TellAsync(AgreementScript.Exporter, suspended: false, [AgreementScript.Derived(2, AgreementScript.Inherited with { MinLevel = "restricted" })]);
        var withdrawn = await s.AskAsync(AgreementScript.Declarations);
        await s.ActAsync(withdrawn, AgreementScript.Officer(AgreementScript.Importer), new TransferWithdrawn(null, new TransferAfter("withdrawn", [])));
        var late = await s.AskAsync(AgreementScript.Declarations);
        await s.SuspendAsync("KZ");
        await s.SuspendAsync("CN");
        await s.ResumeAsync("KZ");
        await s.ResumeAsync("CN");
        await s.AddAsync(null, new TotalsAbandoned(AgreementScript.Sha256));
        var stopped = await s.AskAsync(AgreementScript.Declarations);
        await s.DepositAsync(stopped);
        await s.TellAsync(AgreementScript.Exporter, suspended: true, []);
        await s.StopAsync(stopped, AgreementScript.Officer(AgreementScript.Importer));
        await s.TellAsync(AgreementScript.Exporter, suspended: false, []);
        var (reviewed, deposited) = (await s.AskAsync(AgreementScript.Manifests), await s.AskAsync(AgreementScript.Manifests));
        await s.ApproveAsync(reviewed);
        await s.ApproveAsync(deposited);
        await s.DepositAsync(deposited);
        s.Publish("KZ", AgreementScript.ReviewingPack);
        await s.TellAsync("KZ");
        await s.StopAsync(reviewed, AgreementScript.Officer(AgreementScript.Exporter));
        await s.StopAsync(deposited, AgreementScript.Officer(AgreementScript.Importer));
        s.Publish("KZ", BuiltInPacks.FindForCountry("KZ")!.Yaml);
        await s.TellAsync("KZ");
        await s.TellAsync("CN");
        s.Now = s.Now.AddDays(31);
        await s.ActAsync(late, null, new TransferExpired());
        var last = await s.AskAsync(AgreementScript.Declarations);
        await s.DepositAsync(last);
        await s.TerminateAsync("CN");
        s.Now = s.Now.AddDays(3);
        await s.EraseAsync(last, null, new TransferErased(["statements"], "retention", 2, [AgreementScript.TextKey(last)], null, "stopped"));
        await s.EraseAsync(rejected, null, new TransferErased(["statements"], "retention", 2, [AgreementScript.TextKey(rejected)], null, "rejected", 1));
        await s.EraseAsync(last, AgreementScript.Admin("KZ"), new TransferErased(["payload"], "request", null, [AgreementScript.PayloadKey(last)], AgreementScript.Payload, "stopped"));
        var library = new RuleLibrary(documents);
        foreach (var taken in entries.Select(e => e.Data).OfType<CountryContextTaken>())
        {
            await library.LoadAsync(taken.Context);
        }

        return new History(LedgerId.Parse("agreement/" + AgreementScript.Id), entries, documents, library);
    }

    private static async Task<History> WriteCountryAsync()
    {
        var documents = new InMemoryDocumentStore();
        var scheme = BuiltInPacks.FindScheme("CN")!;
        var pack = BuiltInPacks.FindForCountry("CN")!;
        var later = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(pack.Yaml.Span).Replace($"version: \"{pack.Version}\"", "version: \"2026.2\"", StringComparison.Ordinal));
        var schemeDigest = (await documents.PutAsync(scheme.Json)).ToString();
        var (first, second) = ((await documents.PutAsync(pack.Yaml)).ToString(), (await documents.PutAsync(later)).ToString());
        var library = new RuleLibrary(documents);
        var compiled = await library.GetPackAsync(first);
        var results = PackTestRunner.Run(compiled);
        var covered = compiled.Pack.Rules.Count(rule => results.Any(r => r.Verdict.Rules.Any(v => v.Id == rule.Id && v.Result == "matched")));
        RulePackTested Tested(string version) => new(version, results.Length, results.Length, compiled.Pack.Rules.Length, covered);
        IssuerRegistration[] issuers = [new("https://id.example", "https://id.example/.well-known/openid-configuration")];
        var (author, other) = (AgreementScript.Admin("CN"), AgreementScript.Admin("CN", "second"));
        var day = DateOnly.FromDateTime(Start.UtcDateTime);
        using var key = PrivateJwk.Create(SignatureAlgorithms.EdDsa);
        using var next = PrivateJwk.Create(SignatureAlgorithms.Es256);
        using var lost = PrivateJwk.Create(SignatureAlgorithms.EdDsa);
        using var witness = new CosignatureSigner("witness.example", new byte[32]);
        var entries = new List<LedgerEvent>();
        DateTimeOffset Now() => Start.AddMinutes(5 * entries.Count);
        void Add(Actor? by, EventData data) => entries.Add(Entry(by, data, entries.Count) with { Agreement = data is RequestRefused ? AgreementScript.Id : null });
        void Publish() => Add(null, new PublicationCompleted(entries.Count));
        string Sign(PrivateJwk by, byte[] act) => CompactJws.Sign(by, SignedAct.Type, act);
        CountryKeyRegistered Register(PrivateJwk registered, PrivateJwk? by)
        {
            var jwk = new JsonText(registered.PublicKey.Json);
            var act = Acts.OfKey("CN", jwk, null, null, SignedAct.Text(Now()));
            return new CountryKeyRegistered(registered.PublicKey.KeyId, jwk, null, null, Sign(registered, act), by is null ? null : Sign(by, act));
        }

        Add(null, new CountryFounded([.. issuers]));
        Add(null, new IssuersPut([.. issuers]));
        Add(author, new IssuersPut([.. issuers]));
        Add(author, new WitnessesPut(new WitnessList([new WitnessRegistration(witness.VerifierKey, "https://witness.example")], 1)));
        Add(author, new SchemePut(schemeDigest, ClassificationScheme.Parse(scheme.Json.Span).Scheme!.Version));
        Publish();
        Add(author, new RulePackDrafted("CN", pack.Version, first));
        Add(author, Tested(pack.Version));
        Add(other, new RulePackApproved(pack.Version, day));
        Publish();
        Add(null, new AgencyEnrolled("customs"));
        Add(null, new AgreementLinked(AgreementScript.Id, []));
        Add(author, Register(key, null));
        Add(author, Register(lost, null));
        Add(author, new CountryKeyRevoked(lost.PublicKey.KeyId, Now().AddMinutes(-1), null));
        Add(other, new CountryKeyConfirmed(key.PublicKey.KeyId));
        Publish();
        Add(other, new RulePackDrafted("CN", "2026.2", second));
        Add(author, Tested("2026.2"));
        Add(author, new RulePackApproved("2026.2", day, Sign(key, Acts.OnRulePack(Acts.Approve, "CN", "2026.2", second, day, SignedAct.Text(Now())))));
        Publish();
        Add(AgreementScript.Officer("CN/customs"), new RequestRefused("agency_suspended"));
        Add(author, Register(next, key));
        Publish();
        Add(author, new CountryKeyRevoked(key.PublicKey.KeyId, Now(), null));
        Publish();
        Add(author, new RulePackReinstated(pack.Version, day, Sign(next, Acts.OnRulePack(Acts.Reinstate, "CN", pack.Version, first, day, SignedAct.Text(Now())))));
        Publish();
        return new History(LedgerId.Parse("country/CN"), entries, documents, library);
    }

    private static Task<History> WriteAgencyAsync()
    {
        var documents = new InMemoryDocumentStore();
        var reservation = AgreementScript.Id + "/" + AgreementScript.Sha256;
        var dataSet = AgreementScript.DataSets()[0].Document;
        var agency = new AgencyDocument(dataSet.Title, "customs", "PrivateHandler");
        var (inherited, derived) = (AgreementScript.Inherited, AgreementScript.Derived(1, AgreementScript.Inherited).Document);
        var day = DateOnly.FromDateTime(Start.UtcDateTime);
        var (admin, officer) = (AgreementScript.Admin("CN"), AgreementScript.Officer("CN/customs"));
        (Actor?, EventData)[] acts =
        [
            (admin, new AgencyPut(agency)),
            (officer, new DataSetPut("declarations", dataSet)),
            (officer, new DataSetPut("derived", derived, inherited)),
            (null, new AgreementLinked(AgreementScript.Id, ["CN", "KZ"])),
            (null, new PublicationCompleted(3)),
            (admin, new AgencySuspended(null)),
            (null, new PublicationCompleted(6)),
            (admin, new AgencyResumed(null)),
            (null, new PublicationCompleted(8)),
            (null, new TotalsReserved(reservation, day, 3, 2, null, null)),
            (null, new TotalsSettled(reservation, "released")),
            (null, new TotalsReserved(reservation, day, 3, 2, null, null)),
            (null, new TotalsSettled(reservation, "confirmed")),
            (officer, new DataSetPut("derived", derived, inherited with { MinLevel = "restricted" })),
            (null, new PublicationCompleted(14)),
            (null, new AgreementUnlinked(AgreementScript.Id)),
        ];
        var entries = acts.Select((a, i) => Entry(a.Item1, a.Item2, i) with
        {
            Exporter = "CN/customs",
            DataSet = a.Item2 is DataSetPut put ? "CN/customs/" + put.Slug : null,
            Agreement = a.Item2 is TotalsReserved or TotalsSettled ? AgreementScript.Id : null,
        }).ToArray();
        return Task.FromResult(new History(LedgerId.Parse("agency/CN.customs"), entries, documents, new RuleLibrary(documents)));
    }

    private static History Accesses()
    {
        var documents = new InMemoryDocumentStore();
        AuditAccessed[] reads =
        [
            new("search", [new AskedCondition("agreement", AgreementScript.Id)], Records: 3),
            new("export"),
            new("trail", Records: 4),
            new("ledger", Ledger: "country/KZ", Until: Start.AddDays(1)),
            new("export.completed", Records: 9, Start: 1, Sha256: AgreementScript.Sha256),
        ];
        var entries = reads.Select((r, i) => Entry(AgreementScript.Admin("CN"), r, i) with
        {
            Fingerprint = null,
            Transfer = r.What == "trail" ? AgreementScript.Id + ":1" : null,
        }).ToArray();
        return new History(LedgerId.Parse("access/CN"), entries, documents, new RuleLibrary(documents));
    }

    private static LedgerEvent Entry(Actor? by, EventData data, int index) => new()
    {
        At = Start.AddMinutes(5 * index),
        Parties = ["CN"],
        By = by,
        Fingerprint = by is null ? null : AgreementScript.Sha256,
        Data = data,
    };
}
