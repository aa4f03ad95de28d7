using System.Collections.Immutable;
using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Entries.Transfers;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Signing;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Tests.Judging;

/// <summary>Writes the ledger of an agreement between CN and KZ as the platform would, under the shipped rules of both.</summary>
internal sealed class AgreementScript
{
    public const string Id = "cn-kz-customs";
    public const string Exporter = "CN/customs";
    public const string Importer = "KZ/customs";
    public const string Declarations = "CN/customs/declarations";
    public const string Manifests = "CN/customs/manifests";
    public const string People = "CN/customs/people";
    public const string Purpose = "InternationalTrade";
    public const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private readonly RuleLibrary _library;
    private readonly DecisionFold _fold;
    private readonly Dictionary<long, LedgerEvent> _requests = [];
    private readonly Dictionary<string, long> _used = [];
    private readonly SortedSet<string> _signed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _suspended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _asOf = [];
    private readonly Dictionary<string, (PrivateJwk Private, SigningKey Public)> _keys = [];
    private readonly Dictionary<string, List<PackInForce>> _packs = [];
    private int _version;
    private bool _terminated;
    private long _next = 1;

    public AgreementScript(IDocumentReader documents)
    {
        _library = new RuleLibrary(documents);
        _fold = new DecisionFold(_library);
    }

    public static AgreementDocument Terms { get; } = TermsReader.Complete(new AgreementDocument(
        Id,
        Names("Customs data"),
        ["CN", "KZ"],
        new DateOnly(2026, 1, 1),
        [
            new GrantDocument("free", [Declarations, People], [Importer], [Purpose], "restricted"),
            new GrantDocument("approved", [Manifests], [Importer], [Purpose], "restricted", "CN", 1_000_000),
        ],
        null,
        [new RecognitionDocument("CN", "internal", "internal", new DateOnly(2026, 1, 1))],
        MaxPayloadBytes: 1_000_000,
        Retention: ImmutableSortedDictionary<string, RetentionDocument>.Empty.Add("statements", new RetentionDocument(2))));

    /// <summary>The shipped law of KZ with a rule more: its approver looks at everything.</summary>
    public static ReadOnlyMemory<byte> ReviewingPack { get; } = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(BuiltInPacks.FindForCountry("KZ")!.Yaml.Span).Replace(
        "\nrules:\n",
        """

        rules:
          - id: kz-looks-at-all
            kind: overlay
            role: importer
            citation: {law: Law of the test}
            certainty: S+
            effectiveFrom: 2026-01-01
            when: always
            outcome: HUMAN_REVIEW
            texts:
              en: A person looks at it.
              zh-CN: 由人审查。
              ru: Решение принимает человек.


        """,
        StringComparison.Ordinal));

    /// <summary>Where every payload of the script rests.</summary>
    public static PayloadLocation Payload { get; } = new("CN", "0011223344556677");

    /// <summary>Called with each entry, in order.</summary>
    public required Action<LedgerEvent> Append { get; init; }

    /// <summary>The instant of the next entry.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    /// <summary>How much later each entry is than the one before.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(5);

    public long Size { get; private set; }

    /// <summary>Digests of the documents that the script's entries name.</summary>
    public static IEnumerable<Hash256> Digests => Terms.Parties.SelectMany(
        country => (Hash256[])[Hash256.OfSha256(BuiltInPacks.FindScheme(country)!.Json.Span), Hash256.OfSha256(BuiltInPacks.FindForCountry(country)!.Yaml.Span)]);

    /// <summary>The documents that the script's entries name.</summary>
    public static async Task<InMemoryDocumentStore> DocumentsAsync()
    {
        var documents = new InMemoryDocumentStore();
        foreach (var country in Terms.Parties)
        {
            await documents.PutAsync(BuiltInPacks.FindScheme(country)!.Json);
            await documents.PutAsync(BuiltInPacks.FindForCountry(country)!.Yaml);
        }

        await documents.PutAsync(ReviewingPack);
        return documents;
    }

    public static Actor Officer(string agency, string name = "officer") => new(agency[..2], agency, $"o-{agency}-{name}");

    public static Actor Admin(string country, string name = "admin") => new(country, null, $"o-{country}-{name}");

    /// <summary>From now on the country signs its acts.</summary>
    public void GiveKey(string country)
    {
        var key = PrivateJwk.Create(SignatureAlgorithms.EdDsa);
        _keys[country] = (key, new SigningKey(key.PublicKey.KeyId, new JsonText(key.PublicKey.Json), Now.AddDays(-2), Now.AddDays(-1)));
    }

    /// <summary>Drafts and signs the agreement, and takes the contexts of all.</summary>
    public async Task BringIntoForceAsync()
    {
        await AddAsync(Admin("CN"), new AgreementDrafted(Terms), operation: true);
        _version = 1;
        await TellAsync("CN");
        await SignAsync("CN");
        await TellAsync("KZ");
        await SignAsync("KZ");
        await TellAsync(Exporter, suspended: false, DataSets());
        await TellAsync(Importer, suspended: false, []);
    }

    /// <summary>From the country's next word on, this law governs in place of what it had in force.</summary>
    public void Publish(string country, ReadOnlyMemory<byte> yaml) => PacksOf(country).Add(InForce(BuiltInPacks.FindForCountry(country)!.Version, yaml));

    public Task TellAsync(string country)
    {
        var asOf = _asOf[country] = _asOf.GetValueOrDefault(country) + 4;
        return AddAsync(null, new CountryContextTaken(new CountryContext(
            country,
            asOf,
            ["https://id.example"],
            Hash256.OfSha256(BuiltInPacks.FindScheme(country)!.Json.Span).ToString(),
            [.. PacksOf(country)],
            Keys: _keys.TryGetValue(country, out var key) ? [key.Public] : null)));
    }

    public Task TellAsync(string agency, bool suspended, ImmutableArray<DataSetView> changed)
    {
        var asOf = _asOf[agency] = _asOf.GetValueOrDefault(agency) + 2;
        return AddAsync(null, new AgencyContextTaken(new AgencyContext(agency, asOf, new AgencyDocument(Names("Customs"), "customs", "PrivateHandler"), suspended, changed)));
    }

    public async Task SignAsync(string country)
    {
        _signed.Add(country);
        await AddAsync(Admin(country), new AgreementSigned(country, After(), Signature(country, Acts.Sign)), operation: true);
    }

    public async Task SuspendAsync(string country)
    {
        _suspended.Add(country);
        await AddAsync(Admin(country), new AgreementSuspended(country, null, After(), Signature(country, Acts.Suspend)), operation: true);
    }

    public async Task ResumeAsync(string country)
    {
        _suspended.Remove(country);
        await AddAsync(Admin(country), new AgreementResumed(country, null, After(), Signature(country, Acts.Resume)), operation: true);
    }

    public async Task TerminateAsync(string country)
    {
        _terminated = true;
        await AddAsync(Admin(country), new AgreementTerminated(country, null, After(), Signature(country, Acts.Terminate)), operation: true);
        await AddAsync(null, new PublicationCompleted(Size));
    }

    /// <summary>One side asks, the importer unless told otherwise; the decision is made as the platform makes it.</summary>
    public async Task<long> AskAsync(string dataSet, string purpose = Purpose, string facts = "{}", string by = Importer, long? persons = null)
    {
        var number = _next++;
        var grant = purpose != Purpose ? null : dataSet == Manifests ? "approved" : "free";
        var used = grant is null ? 0 : _used.GetValueOrDefault(grant);
        var request = new TransferRequested(
            number, purpose, Sha256, new JsonText(Encoding.UTF8.GetBytes(facts)), DateOnly.FromDateTime(Now.UtcDateTime), used, grant, "", Now.AddDays(Terms.TransferValidDays), TextKey: TextKey(number));
        request = dataSet == People ? request with { Totals = Totals(persons) } : request;
        var entry = Entry(Officer(by), request, number, dataSet) with { Fingerprint = Sha256 };
        entry = Decided(_fold, entry);
        var status = ((TransferRequested)entry.Data).Status;
        if (grant is not null && TransferStatus.Counts(status))
        {
            _used[grant] = used + 1;
        }

        _requests[number] = entry;
        await AddAsync(entry);
        return number;
    }

    /// <summary>The request with the decision that the platform makes on it.</summary>
    public static LedgerEvent Decided(DecisionFold fold, LedgerEvent entry)
    {
        var (request, decision) = ((TransferRequested)entry.Data, fold.Repeat(entry)!);
        return entry with
        {
            Decision = DecisionEncoder.Encode(decision),
            Data = request with { Status = TransferStatus.Of(decision.Outcome), Totals = request.Totals is { } totals ? totals with { Counted = decision.CountsTowardTotals } : null },
        };
    }

    public Task ActAsync(long number, Actor? by, EventData data) => AddAsync(
        Entry(by, data, number, _requests[number].DataSet!) with { Fingerprint = by is null || data is PayloadDeposited or PayloadReleased ? null : Sha256 });

    /// <summary>Nothing more is done with the transfer.</summary>
    public void Forget(long number) => _requests.Remove(number);

    public Task ApproveAsync(long number) => ActAsync(number, Admin("CN", "approver"), new TransferApproved("CN", null, new TransferAfter("approved", [])));

    public Task DepositAsync(long number) => ActAsync(number, Officer(Exporter), new PayloadDeposited(850_576, Sha256, "text/csv", Payload.Jurisdiction, Payload.Reference, PayloadKey(number)));

    public Task CollectAsync(long number, long first = 0) => ActAsync(number, Officer(Importer), new PayloadReleased(Sha256, first, 850_575));

    public Task AcceptAsync(long number) => ActAsync(number, Officer(Importer), new TransferAccepted(null, new TransferAfter("accepted", [])));

    /// <summary>Erases by request, or under the terms when nobody is named, and completes it.</summary>
    public async Task EraseAsync(long number, Actor? by, TransferErased erased)
    {
        var index = Size;
        await ActAsync(number, by, erased);
        await ActAsync(number, null, new ErasureCompleted(index));
    }

    public static string TextKey(long number) => $"text-key-{number}";

    public static string PayloadKey(long number) => $"payload-key-{number}";

    /// <summary>A change of what governs takes the ground from under the transfer.</summary>
    public Task StopAsync(long number, Actor by)
    {
        var entry = Entry(by, new TransferExpired(), number, _requests[number].DataSet!);
        var decision = _fold.DecideNow(entry);
        return AddAsync(entry with { Data = new TransferStopped(decision.Code), Decision = DecisionEncoder.Encode(decision) });
    }

    public Task AddAsync(Actor? by, EventData data, bool operation = false) => AddAsync(Entry(by, data, null, null) with { Fingerprint = operation ? Sha256 : null });

    public static ImmutableArray<DataSetView> DataSets() => [View(Declarations, []), View(Manifests, []), View(People, ["General"])];

    /// <summary>A data set that was made from what came from elsewhere, and inherits from it.</summary>
    public static DataSetView Derived(int version, InheritedClassification inherited)
    {
        var view = View(Exporter + "/derived", []);
        return view with { Version = version, Inherited = inherited, Document = view.Document with { DerivedFrom = [new DataSetSource("SG/customs/manifests", "cn-sg:1")] } };
    }

    /// <summary>What such a data set inherits.</summary>
    public static InheritedClassification Inherited { get; } = new(
        "internal", "important", ["General"], "GREEN", true, [new DataSetOrigin("SG/customs/manifests", "SG", "cn-sg", "all", ["KG"], ["DELETE_AFTER"])]);

    // Before this transfer nobody was counted; of people in general data nobody is sensitive.
    private static TransferTotals Totals(long? persons) =>
        new(false, [new RunningTotal(FactNames.PersonalSubjects, 0, persons), new RunningTotal(FactNames.SensitiveSubjects, 0, 0)]);

    private static PackInForce InForce(string version, ReadOnlyMemory<byte> yaml) => new(version, Hash256.OfSha256(yaml.Span).ToString(), new DateOnly(2026, 1, 1));

    private List<PackInForce> PacksOf(string country)
    {
        if (!_packs.TryGetValue(country, out var packs))
        {
            var shipped = BuiltInPacks.FindForCountry(country)!;
            _packs[country] = packs = [InForce(shipped.Version, shipped.Yaml)];
        }

        return packs;
    }

    private static DataSetView View(string id, ImmutableArray<string> categories) =>
        new(id, new DataSetDocument(Names("Data"), "internal", "general", categories, Facts: new JsonText("""{"originOfData":"CollectedDomestically"}"""u8.ToArray())), 1, null);

    private static ImmutableSortedDictionary<string, string> Names(string name) => ImmutableSortedDictionary<string, string>.Empty.Add("en", name);

    private string? Signature(string country, string act) => _keys.TryGetValue(country, out var key)
        ? CompactJws.Sign(key.Private, SignedAct.Type, Acts.OnAgreement(act, Id, AgreementDigest.Of(Terms), country, SignedAct.Text(Now)))
        : null;

    private AgreementAfter After()
    {
        _version++;
        var status = _terminated ? "terminated" : _suspended.Count > 0 ? "suspended" : _signed.Count == 2 ? "inForce" : "draft";
        return new AgreementAfter(status, [.. _signed], [.. _suspended], _version);
    }

    private LedgerEvent Entry(Actor? by, EventData data, long? number, string? dataSet) => new()
    {
        At = Now,
        Parties = Terms.Parties,
        By = by,
        Agreement = Id,
        Transfer = number is { } n ? new TransferId(Id, n).ToString() : null,
        DataSet = dataSet,
        Exporter = number is null ? null : Exporter,
        Importer = number is null ? null : Importer,
        Data = data,
    };

    private async Task AddAsync(LedgerEvent entry)
    {
        await _fold.LoadAsync(entry);
        _fold.Apply(entry, Size++);
        Append(entry);
        Now += Step;
    }
}
