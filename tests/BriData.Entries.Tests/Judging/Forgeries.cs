using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Entries.Tests.Judging;

/// <summary>One way to forge a single entry.</summary>
/// <param name="Name">What the forger does.</param>
/// <param name="Change">The forged entry; null for an entry it cannot be done to.</param>
internal sealed record Forgery(string Name, Func<History, int, LedgerEvent?> Change)
{
    public Forgery(string name, Func<LedgerEvent, LedgerEvent?> change)
        : this(name, (history, i) => change(history.Entries[i]))
    {
    }

    public override string ToString() => Name;
}

/// <summary>What somebody who holds the ledger's key and rewrites the tree might do to an entry.</summary>
internal static class Forgeries
{
    private const string OtherHash = "0000000000000000000000000000000000000000000000000000000000000001";

    public static IReadOnlyList<Forgery> All { get; } =
    [
        // Counters.
        Of<TransferRequested>("number skipped", (e, d) => e with { Data = d with { Number = d.Number + 1 }, Transfer = $"{AgreementScript.Id}:{d.Number + 1}" }),
        Of<TransferRequested>("use of a grant hidden", (e, d) => e with { Data = d with { UsedThisYear = d.UsedThisYear + 1 } }),
        Of<AgreementActed>("act counted twice", (e, d) => e with { Data = d with { After = d.After with { Version = d.After.Version + 1 } } }),
        Of<PublicationCompleted>("more told than happened", (e, d) => e with { Data = d with { AsOf = d.AsOf + 1 } }),
        Among("context older than the last", (entries, i) => entries[i].Data switch
        {
            CountryContextTaken d when Earlier<CountryContextTaken>(entries, i, o => o.Context.Country == d.Context.Country) => entries[i] with { Data = d with { Context = d.Context with { AsOf = 1 } } },
            AgencyContextTaken d when Earlier<AgencyContextTaken>(entries, i, o => o.Context.Agency == d.Context.Agency) => entries[i] with { Data = d with { Context = d.Context with { AsOf = 1 } } },
            _ => null,
        }),
        Among("law withdrawn from the record", (entries, i) =>
            entries[i].Data is CountryContextTaken d && Earlier<CountryContextTaken>(entries, i, o => o.Context.Country == d.Context.Country)
                ? entries[i] with { Data = d with { Context = d.Context with { Packs = [] } } }
                : null),

        Among("key withdrawn from the record", (entries, i) =>
            entries[i].Data is CountryContextTaken { Context.Keys: not null } d && Earlier<CountryContextTaken>(entries, i, o => o.Context.Country == d.Context.Country)
                ? entries[i] with { Data = d with { Context = d.Context with { Keys = null } } }
                : null),

        // Signatures.
        Of<AgreementActed>("signature taken out", (e, d) => d.Signature is null ? null : e with { Data = d with { Signature = null } }),
        Among("signature of another act", (entries, i) => entries[i].Data is AgreementActed { Signature: { } signature } d
            && entries.Select(e => e.Data).OfType<AgreementActed>().FirstOrDefault(o => o.Signature is not null && o.Signature != signature) is { } o
                ? entries[i] with { Data = d with { Signature = o.Signature } }
                : null),
        Among("signature of the other party", (entries, i) => entries[i].Data is AgreementActed { Signature: null } d
            && entries.Select(e => e.Data).OfType<AgreementActed>().FirstOrDefault(o => o.Signature is not null) is { } o
                ? entries[i] with { Data = d with { Signature = o.Signature } }
                : null),
        Of<AgreementActed>("signature that is none", (e, d) => e with { Data = d with { Signature = "a.b.c" } }),
        Of<RulePackApproved>("approval's signature taken out", (e, d) => d.Signature is null ? null : e with { Data = d with { Signature = null } }),
        Of<RulePackReinstated>("return's signature taken out", (e, d) => e with { Data = d with { Signature = null } }),
        Among("signature by a revoked key", (entries, i) => entries[i].Data is RulePackReinstated d
            ? entries[i] with { Data = d with { Signature = entries.Select(e => e.Data).OfType<RulePackApproved>().Single(a => a.Signature is not null).Signature } }
            : null),
        Of<CountryKeyRegistered>("key under another name", (e, d) => e with { Data = d with { Kid = OtherHash[..43] } }),
        Of<CountryKeyRegistered>("key that nobody has proved to hold", (e, d) => e with { Data = d with { Proof = "a.b.c" } }),
        Among("proof of another key", (entries, i) => entries[i].Data is CountryKeyRegistered d
            ? entries[i] with { Data = d with { Proof = entries.Select(e => e.Data).OfType<CountryKeyRegistered>().First(o => o.Kid != d.Kid).Proof } }
            : null),
        Of<CountryKeyRegistered>("older key's signature taken out", (e, d) => d.Signature is null ? null : e with { Data = d with { Signature = null } }),
        Of<CountryKeyRegistered>("key whose time is over", (e, d) => e with { Data = d with { ValidUntil = e.At } }),
        Of<CountryKeyConfirmed>("key confirmed by who registered it", (e, _) => e with { By = AgreementScript.Admin("CN") }),
        Of<CountryKeyConfirmed>("confirmation of no key", (e, _) => e with { Data = new CountryKeyConfirmed(OtherHash) }),
        Of<CountryKeyRevoked>("revocation of no key", (e, d) => e with { Data = d with { Kid = OtherHash } }),
        Of<CountryKeyRevoked>("revocation ahead of time", (e, d) => e with { Data = d with { Since = e.At.AddHours(1) } }),
        Of<CountryKeyRevoked>("revocation before registration", (e, d) => e with { Data = d with { Since = e.At.AddDays(-1) } }),
        Of<WitnessesPut>("more witnesses asked for than named", (e, d) => e with { Data = new WitnessesPut(d.Witnesses with { Quorum = 2 }) }),

        // Who.
        Of<AgreementActed>("act of the other party", (e, d) => e with { By = AgreementScript.Admin(Other(e.By!.Country)) }),
        Of<AgreementActed>("act in the name of the other party", (e, d) => e with { Data = d with { Country = Other(d.Country) } }),
        Of<TransferApproved>("own request approved", (e, _) => e with { By = e.By! with { Officer = AgreementScript.Officer(AgreementScript.Importer).Officer } }),
        Of<TransferRejected>("own request rejected", (e, _) => e with { By = e.By! with { Officer = AgreementScript.Officer(AgreementScript.Importer).Officer } }),
        Of<TransferApproved>("approved by a country that need not", (e, d) => e with { By = AgreementScript.Admin("KZ"), Data = d with { Country = "KZ" } }),
        Of<PayloadDeposited>("importer deposits", (e, _) => e with { By = AgreementScript.Officer(AgreementScript.Importer) }),
        Of<PayloadReleased>("exporter collects", (e, _) => e with { By = AgreementScript.Officer(AgreementScript.Exporter) }),
        Of<TransferAccepted>("exporter accepts", (e, _) => e with { By = AgreementScript.Officer(AgreementScript.Exporter) }),
        Of<TransferRefused>("exporter refuses", (e, _) => e with { By = AgreementScript.Officer(AgreementScript.Exporter) }),
        Of<TransferWithdrawn>("exporter withdraws what it did not ask for", (e, _) => e with { By = AgreementScript.Officer(AgreementScript.Exporter) }),
        new("another agency of the same country acts", e => e.By?.Agency is not null && e.Transfer is not null ? e with { By = e.By with { Agency = e.By.Country + "/other" } } : null),
        new("agency of another country", e => e.By?.Agency is not null ? e with { By = e.By with { Agency = "SG/customs" } } : null),
        new("stranger acts", e => e.By is not null ? e with { By = AgreementScript.Admin("SG") } : null),
        new("nobody acted", e => e.By is not null && e.Data is not IssuersPut ? e with { By = null } : null),
        new("officer for what the platform does", e => e.By is null && e.Data is not IssuersPut ? e with { By = AgreementScript.Admin("CN") } : null),
        Among("act of a suspended agency", (entries, i) => entries[i].Data is TransferStopped && entries.Take(i).Select(e => e.Data).OfType<AgencyContextTaken>().Last().Context is { Suspended: true } suspended
            ? entries[i] with { By = AgreementScript.Officer(suspended.Agency) }
            : null),
        Of<RulePackApproved>("author approves", (e, _) => e with { By = e.By!.Officer.EndsWith("second", StringComparison.Ordinal) ? AgreementScript.Admin("CN") : AgreementScript.Admin("CN", "second") }),

        // When.
        Among("date moved back", (entries, i) => i > 0 && entries[i].At - entries[i - 1].At < TimeSpan.FromMinutes(30) ? entries[i] with { At = entries[i].At.AddHours(-1) } : null),
        Of<TransferRequested>("end put off", (e, d) => e with { Data = d with { ExpiresAt = d.ExpiresAt.AddDays(1) } }),
        Of<TransferRequested>("rules of another day", (e, d) => e with { Data = d with { EventDate = d.EventDate.AddDays(-1) } }),
        Of<TransferExpired>("expired before its time", (e, _) => e with { At = e.At.AddDays(-25) }),
        Of<RulePackApproved>("law that reaches back", (e, d) => e with { Data = d with { InForceFrom = d.InForceFrom.AddDays(-1) } }),
        Of<RulePackReinstated>("return put off", (e, d) => e with { Data = d with { InForceFrom = d.InForceFrom.AddDays(1) } }),
        Of<TotalsReserved>("persons counted on another day", (e, d) => e with { Data = d with { Day = d.Day.AddDays(-2) } }),

        // What the envelope says.
        new("parties in another order", e => e.Parties.Length > 1 && e.Data is not AgreementDrafted ? e with { Parties = [.. e.Parties.Reverse()] } : null),
        new("party added", e => e with { Parties = [.. e.Parties, "SG"] }),
        new("party left out", e => e.Parties.Length > 1 ? e with { Parties = [e.Parties[0]] } : null),
        new("request's fingerprint gone", e => e.Fingerprint is not null ? e with { Fingerprint = null } : null),
        new("request's fingerprint invented", e => e.Fingerprint is null ? e with { Fingerprint = OtherHash } : null),
        new("another agreement", e => e.Agreement == AgreementScript.Id && e.Data is not RequestRefused ? e with { Agreement = "cn-kz-other" } : null),
        new("other data", e => e.Transfer is not null && e.Data is not TransferRequested ? e with { DataSet = AgreementScript.People } : null),
        new("other importer", e => e.Transfer is not null ? e with { Importer = "KZ/statistics" } : null),
        new("other exporter", e => e.Exporter is not null ? e with { Exporter = "CN/statistics" } : null),
        new("act on a transfer that was denied", e => e.Transfer is not null && e.Agreement is not null && e.Data is not TransferRequested ? e with { Transfer = AgreementScript.Id + ":4" } : null),
        new("act on a transfer nobody asked for", e => e.Transfer is not null && e.Agreement is not null && e.Data is not TransferRequested ? e with { Transfer = AgreementScript.Id + ":999" } : null),
        new("decision taken out", e => !e.Decision.IsEmpty ? e with { Decision = default } : null),
        new("decision put in", e => e.Decision.IsEmpty ? e with { Decision = "{}"u8.ToArray() } : null),

        // What was decided and done.
        Decision("reason reworded", "\"reason\":\"", "\"reason\":\"In short: "),
        Decision("outcome turned", "\"outcome\":\"Deny\"", "\"outcome\":\"Permit\""),
        new("denial turned into a permission throughout", e => e.Data is TransferRequested { Status: "denied" } d
            ? e with { Decision = Replace(e.Decision, "\"outcome\":\"Deny\"", "\"outcome\":\"Permit\""), Data = d with { Status = "permitted" } }
            : null),
        Of<TransferRequested>("status other than decided", (e, d) => e with { Data = d with { Status = d.Status == "permitted" ? "denied" : "permitted" } }),
        Of<TransferRequested>("another grant", (e, d) => e with { Data = d with { Grant = d.Grant == "free" ? "approved" : "free" } }),
        Of<TransferRequested>("another purpose", (e, d) => e with { Data = d with { Purpose = d.Purpose == AgreementScript.Purpose ? "LawEnforcement" : AgreementScript.Purpose } }),
        Of<TransferRequested>("stated facts taken out", (e, d) => Encoding.UTF8.GetString(d.Facts.Utf8.Span) != "{}" ? e with { Data = d with { Facts = JsonText.EmptyObject } } : null),
        Of<TransferRequested>("exporter's fact stated by the importer", (e, _) => e.By!.Agency == AgreementScript.Exporter ? e with { By = AgreementScript.Officer(AgreementScript.Importer) } : null),
        Redecided("platform's fact stated", (_, d) => d with { Facts = Json("""{"stateSecret":false}""") }),
        Redecided("flows of a case stated", (_, d) => d with { Facts = Json("""{"flows":[{"dataKind":"NonPersonal"}]}""") }),
        Redecided("totals taken out", (_, d) => d.Totals is null ? null : d with { Totals = null }),
        Redecided("totals invented", (_, d) => d.Totals is null ? d with { Totals = new TransferTotals(false, [new RunningTotal(FactNames.PersonalSubjects, 0, 0), new RunningTotal(FactNames.SensitiveSubjects, 0, 0)]) } : null),
        Redecided("one total taken out", (_, d) => d.Totals is { } totals ? d with { Totals = totals with { Facts = totals.Facts[..1] } } : null),
        Redecided("persons not added", (_, d) => d.Totals is { Facts: [{ Added: not null }, ..] } totals ? d with { Totals = totals with { Facts = [totals.Facts[0] with { Added = 0 }, .. totals.Facts[1..]] } } : null),
        Redecided("persons invented", (_, d) => d.Totals is { } totals ? d with { Totals = totals with { Facts = [totals.Facts[0] with { Added = 5001 }, .. totals.Facts[1..]] } } : null),
        Redecided("persons said to be of the other kind", (_, d) => d.Totals is { Facts: [{ Added: not null }, ..] } totals ? d with { Totals = totals with { Facts = [totals.Facts[0] with { Added = 0 }, totals.Facts[1] with { Added = totals.Facts[0].Added }] } } : null),
        Of<TransferRequested>("legal basis under no key", (e, d) => e with { Data = d with { TextKey = null } }),
        Of<TransferErased>("reason of an erasure under no key", (e, d) => d.Reason is null ? null : e with { Data = d with { TextKey = null } }),
        Of<PayloadDeposited>("payload under no key", (e, d) => e with { Data = d with { PayloadKey = null } }),
        Among("handed over though another approval is needed now", (entries, i) => entries[i].Data is TransferStopped && Text(entries[i].Decision).Contains("\"outcome\":\"ApprovalRequired\"", StringComparison.Ordinal)
            ? entries.Take(i).FirstOrDefault(e => e.Transfer == entries[i].Transfer && e.Data is PayloadDeposited)?.Data is PayloadDeposited deposited
                ? entries[i] with { Decision = default, Data = new PayloadReleased(deposited.Sha256, 0, deposited.Size - 1) }
                : entries[i] with { Decision = default, Data = entries.Select(e => e.Data).OfType<PayloadDeposited>().First() }
            : null),
        Of<TransferRequested>("other data asked for", (e, d) => d.Grant is null ? null : e with { DataSet = e.DataSet == AgreementScript.Manifests ? AgreementScript.Declarations : AgreementScript.Manifests }),
        Of<TransferRequested>("data set that does not exist", (e, _) => e with { DataSet = AgreementScript.Exporter + "/unknown" }),
        Of<TransferStopped>("another cause", (e, _) => e with { Data = new TransferStopped("FORBIDDEN") }),
        Of<TransferActed>("act that leads elsewhere", (e, d) => e with { Data = d with { After = d.After with { Status = "permitted" } } }),
        Of<TransferActed>("approval said to be missing", (e, d) => e with { Data = d with { After = d.After with { ApprovalsPending = ["KZ"] } } }),
        Of<AgreementActed>("agreement said to be in another state", (e, d) => e with { Data = d with { After = d.After with { Status = d.After.Status == "draft" ? "inForce" : "draft" } } }),
        Of<AgreementActed>("signature said to be there", (e, d) => e with { Data = d with { After = d.After with { SignedBy = d.After.SignedBy.Add("SG") } } }),
        Of<AgreementActed>("suspension said to stand", (e, d) => e with { Data = d with { After = d.After with { SuspendedBy = d.After.SuspendedBy.Add("SG") } } }),
        Of<PayloadDeposited>("payload kept abroad", (e, d) => e with { Data = d with { Jurisdiction = "KZ" } }),
        Of<PayloadDeposited>("payload beyond the terms", (e, d) => e with { Data = d with { Size = 1_000_001 } }),
        Of<PayloadReleased>("another payload released", (e, d) => e with { Data = d with { Sha256 = OtherHash } }),
        Of<PayloadReleased>("more released than there is", (e, d) => e with { Data = d with { Last = d.Last + 1 } }),
        Of<TransferErased>("keys of the erased left out", (e, d) => e with { Data = d with { Keys = d.Keys[1..] } }),
        Of<TransferErased>("keys of others erased", (e, d) => e with { Data = d with { Keys = [.. d.Keys[..^1], AgreementScript.TextKey(99)] } }),
        Of<TransferErased>("another payload erased", (e, d) => d.Payload is null ? null : e with { Data = d with { Payload = d.Payload with { Reference = "other" } } }),
        Of<TransferErased>("erasure that leads elsewhere", (e, d) => e with { Data = d with { Status = "accepted" } }),
        Of<TransferErased>("erased under another rule", (e, d) => e with { Data = d with { Rule = d.Rule == "request" ? "retention" : "request" } }),
        Of<TransferErased>("kept for other days than the terms say", (e, d) => e with { Data = d with { Days = (d.Days ?? 0) + 1 } }),
        Of<TransferErased>("class that is none", (e, d) => e with { Data = d with { Classes = ["letters"] } }),
        Of<ErasureCompleted>("completed what was not erased", (e, d) => e with { Data = new ErasureCompleted(d.Erasure + 1) }),
        Of<AgreementDrafted>("terms of another agreement", (e, d) => e with { Data = d with { Document = d.Document with { Id = "cn-kz-other" } } }),
        Of<CountryContextTaken>("context of a stranger", (e, d) => e with { Data = d with { Context = d.Context with { Country = "SG" } } }),
        Of<AgencyContextTaken>("context of an agency the terms do not name", (e, d) => e with { Data = d with { Context = d.Context with { Agency = "CN/statistics" } } }),
        Of<CountryContextTaken>("law that nobody has", (e, d) => e with { Data = d with { Context = d.Context with { SchemeDigest = OtherHash } } }),

        // Rule packs, members, data sets, totals.
        Of<RulePackDrafted>("law of another country", (e, d) => e with { Data = d with { Jurisdiction = "KZ" } }),
        Of<RulePackDrafted>("another document", (e, d) => e with { Data = d with { Digest = OtherHash } }),
        Of<RulePackDrafted>("another version", (e, d) => e with { Data = d with { Version = "2026.9" } }),
        Of<RulePackTested>("more cases passed", (e, d) => e with { Data = d with { Cases = d.Cases + 1, Passed = d.Passed + 1 } }),
        Of<RulePackTested>("more rules covered", (e, d) => e with { Data = d with { Covered = d.Covered + 1 } }),
        Of<RulePackTested>("test of a version that does not exist", (e, d) => e with { Data = d with { Version = "2026.9" } }),
        Of<RulePackApproved>("approval of a version that does not exist", (e, d) => e with { Data = d with { Version = "2026.9" } }),
        Of<RulePackReinstated>("return to what is in force", (e, d) => e with { Data = d with { Version = "2026.2" } }),
        Of<SchemePut>("scheme of another version", (e, d) => e with { Data = d with { SchemeVersion = "1999" } }),
        Of<CountryFounded>("founded without issuers", (e, d) => e with { Data = d with { Issuers = [] } }),
        Of<AgencyEnrolled>("agency that cannot be", (e, d) => e with { Data = d with { Slug = "Not a slug" } }),
        Of<DataSetPut>("data set called otherwise", (e, d) => e with { Data = d with { Slug = "other" } }),
        .. Shed("level", now => now with { MinLevel = "open" }),
        .. Shed("grade", now => now with { Grade = "general" }),
        .. Shed("category", now => now with { Categories = [] }),
        .. Shed("sharing mark", now => now with { Tlp = "CLEAR" }),
        .. Shed("secrecy", now => now with { StateSecret = false }),
        .. Shed("origin", now => now with { Origins = [] }),
        .. Shed("onward condition", now => now with { Origins = [now.Origins[0] with { OnwardTo = [.. now.Origins[0].OnwardTo, "KZ"] }] }),
        .. Shed("obligation", now => now with { Origins = [now.Origins[0] with { Obligations = [] }] }),
        Of<DataSetPut>("derived and nothing inherited", (e, d) => d.Document.DerivedFrom is null ? null : e with { Data = d with { Inherited = null } }),
        Of<AgencyContextTaken>("derived and nothing inherited, as told", (e, d) => d.Context.DataSets is [{ Document.DerivedFrom: not null }]
            ? e with { Data = d with { Context = d.Context with { DataSets = [d.Context.DataSets[0] with { Inherited = null }] } } }
            : null),
        Of<DataSetPut>("platform's fact in the catalogue", (e, d) => e with { Data = d with { Document = d.Document with { Facts = Json("""{"stateSecret":false}""") } } }),
        Of<AgencyContextTaken>("platform's fact in the catalogue, as told", (e, d) => d.Context.DataSets.IsEmpty ? null : e with
        {
            Data = d with { Context = d.Context with { DataSets = [.. d.Context.DataSets.Select(s => s with { Document = s.Document with { Facts = Json("""{"stateSecret":false}""") } })] } },
        }),
        Of<AgreementDrafted>("platform's fact in the terms", (e, d) => e with
        {
            Data = d with { Document = d.Document with { Mechanisms = [new MechanismDocument("SECURITY_ASSESSMENT", "CN", new DateOnly(2026, 1, 1), Facts: Json("""{"stateSecret":false}"""))] } },
        }),
        Among("grade shed", (entries, i) => entries[i].Data is DataSetPut { Inherited: not null } d && Earlier<DataSetPut>(entries, i, o => o.Slug == d.Slug) ? entries[i] with { Data = d with { Inherited = null } } : null),
        Of<AgencySuspended>("resumed what was not suspended", (e, _) => e with { Data = new AgencyResumed(null) }),
        Of<AuditAccessed>("end of another export", (e, d) => d.Start is null ? null : e with { Data = d with { Start = 0 } }),
        Of<AuditAccessed>("what was exported not named", (e, d) => d.Sha256 is null ? null : e with { Data = d with { Sha256 = null } }),
        Of<AuditAccessed>("fewer than no records read", (e, d) => e with { Data = d with { Records = -1 } }),
        Of<TotalsSettled>("settled what was not reserved", (e, d) => e with { Data = d with { Reservation = AgreementScript.Id + "/" + OtherHash } }),
        Of<TotalsSettled>("outcome that is none", (e, d) => e with { Data = d with { Outcome = "forgotten" } }),
        Of<TotalsReserved>("fewer than no persons", (e, d) => e with { Data = d with { General = -1 } }),
    ];

    private static Forgery Of<T>(string name, Func<LedgerEvent, T, LedgerEvent?> change)
        where T : EventData =>
        new(name, e => e.Data is T data ? change(e, data) : null);

    private static Forgery Among(string name, Func<IReadOnlyList<LedgerEvent>, int, LedgerEvent?> change) => new(name, (history, i) => change(history.Entries, i));

    /// <summary>What a request says is changed, and the decision made again on it: the forger has the rules too.</summary>
    private static Forgery Redecided(string name, Func<LedgerEvent, TransferRequested, TransferRequested?> change) => new(name, (history, i) =>
    {
        if (history.Entries[i].Data is not TransferRequested request || change(history.Entries[i], request) is not { } changed)
        {
            return null;
        }

        var fold = new DecisionFold(history.Library);
        for (var j = 0; j < i; j++)
        {
            fold.Apply(history.Entries[j], j);
        }

        return AgreementScript.Decided(fold, history.Entries[i] with { Data = changed });
    });

    /// <summary>A part of what a data set inherited is gone when it is put again, on either ledger.</summary>
    private static IEnumerable<Forgery> Shed(string part, Func<InheritedClassification, InheritedClassification> change) =>
    [
        Among($"inherited {part} shed", (entries, i) => entries[i].Data is DataSetPut { Inherited: { } now } d && Earlier<DataSetPut>(entries, i, o => o.Slug == d.Slug)
            ? entries[i] with { Data = d with { Inherited = change(now) } }
            : null),
        Among($"inherited {part} shed, as told", (entries, i) => entries[i].Data is AgencyContextTaken { Context: { DataSets: [{ Inherited: { } now, Version: > 1 }] } context }
            ? entries[i] with { Data = new AgencyContextTaken(context with { DataSets = [context.DataSets[0] with { Inherited = change(now) }] }) }
            : null),
    ];

    private static Forgery Decision(string name, string from, string to) => new(name, e =>
        !e.Decision.IsEmpty && Text(e.Decision).Contains(from, StringComparison.Ordinal) ? e with { Decision = Replace(e.Decision, from, to) } : null);

    private static byte[] Replace(ReadOnlyMemory<byte> decision, string from, string to) =>
        Encoding.UTF8.GetBytes(Text(decision).Replace(from, to, StringComparison.Ordinal));

    private static string Text(ReadOnlyMemory<byte> decision) => Encoding.UTF8.GetString(decision.Span);

    private static JsonText Json(string text) => new(Encoding.UTF8.GetBytes(text));

    private static bool Earlier<T>(IReadOnlyList<LedgerEvent> entries, int i, Func<T, bool> same)
        where T : EventData =>
        entries.Take(i).Any(e => e.Data is T data && same(data));

    private static string Other(string country) => country == "CN" ? "KZ" : "CN";
}
