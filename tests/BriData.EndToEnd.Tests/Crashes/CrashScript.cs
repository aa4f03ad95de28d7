using System.Text;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.RulePacks;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Storage;
using BriData.Policy.RulePacks;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// A fixed piece of real work, from two founded countries to a terminated agreement. Each step carries an
/// <c>Idempotency-Key</c> of its own, so it can be repeated until it is answered.
/// </summary>
internal static class CrashScript
{
    private const string Exporter = "CN/exporter";
    private const string Importer = "KZ/importer";
    private const string Agreement = "crash";

    /// <summary>What each deposit contains.</summary>
    public static byte[] Payload { get; } = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},goods\n")));

    /// <summary>The settings under which the countries of the script are founded.</summary>
    /// <param name="address">Where the gateway listens, without a slash at the end.</param>
    public static string[] Settings(string address) =>
    [
        .. new[] { ("CN", "cn"), ("KZ", "kz") }.SelectMany(c => new[]
        {
            $"--BriData:Founding:{c.Item1}:0:Issuer={address}/dev/issuers/{c.Item2}",
            $"--BriData:Founding:{c.Item1}:0:MetadataAddress={address}/dev/issuers/{c.Item2}/.well-known/openid-configuration",
        }),

        // So that snapshots are part of the work.
        "--BriData:Grains:SnapshotEvery=4",
    ];

    public static IReadOnlyList<CrashStep> Steps { get; } =
    [
        .. Country("CN"),
        .. Country("KZ"),
        Put("agency of the exporter", Admin("CN"), $"v1/agencies/{Exporter}", AgencyDocument("PrivateHandler")),
        Put("agency of the importer", Admin("KZ"), $"v1/agencies/{Importer}", AgencyDocument("StateOrgan")),
        Put("data set of goods", Agency(Exporter), $"v1/datasets/{Exporter}/goods", Exchange.GoodsDocument()),
        Put("data set of books", Agency(Exporter), $"v1/datasets/{Exporter}/books", Exchange.GoodsDocument("Books")),
        Put("data set of people", Agency(Exporter), $"v1/datasets/{Exporter}/people", People()),
        Post("agreement", Admin("CN"), "v1/agreements", Terms(), 201),
        Post("signature of the exporter", Admin("CN"), $"v1/agreements/{Agreement}/signatures"),
        Post("signature of the importer", Admin("KZ"), $"v1/agreements/{Agreement}/signatures"),
        Post("request of goods", Agency(Importer), "v1/transfers", Request("goods"), 201),
        Deposit("deposit", 1),
        Collect("collection", 1),
        Post("acceptance", Agency(Importer), $"v1/transfers/{Agreement}:1/accept"),
        Post("erasure", Agency(Exporter), $"v1/transfers/{Agreement}:1/erase", new JsonObject { ["reason"] = "asked for" }),
        Look("an auditor's trail", office => office.AuditorAsync("CN"), $"v1/audit/transfers/{Agreement}:1"),
        Post("request of books", Agency(Importer), "v1/transfers", Request("books"), 201),
        Post("approval", office => office.ApproverAsync("CN"), $"v1/transfers/{Agreement}:2/approve"),
        Post("withdrawal", Agency(Importer), $"v1/transfers/{Agreement}:2/withdraw"),
        Post("request of people", Agency(Importer), "v1/transfers", Request("people", 7), 201),
        Deposit("second deposit", 3),
        Post("suspension of the exporter", Admin("CN"), $"v1/agencies/{Exporter}/suspend"),
        Post("request under the suspension", Agency(Importer), "v1/transfers", Request("goods"), 201),
        Post("resumption of the exporter", Admin("CN"), $"v1/agencies/{Exporter}/resume"),
        Send("second pack", 201, Admin("KZ"), HttpMethod.Post, "v1/countries/KZ/rule-packs", () => Officer.Content(TestPacks.Yaml("KZ", "kz-2"), "application/yaml")),
        Post("test of the second pack", Admin("KZ"), "v1/countries/KZ/rule-packs/kz-2/test"),
        Post("publication of the second pack", Second("KZ"), "v1/countries/KZ/rule-packs/kz-2/approve"),
        Post("suspension of the agreement", Admin("KZ"), $"v1/agreements/{Agreement}/suspend"),
        Post("resumption of the agreement", Admin("KZ"), $"v1/agreements/{Agreement}/resume"),
        Post("refused request of goods", Agency(Importer), "v1/transfers", Request("goods"), 201),
        Post("termination", Admin("CN"), $"v1/agreements/{Agreement}/terminate"),
    ];

    /// <summary>Takes a step; who is told to come again soon (<c>busy</c>: the audit index is still catching up) does.</summary>
    public static async Task<Answer> TakeAsync(CrashStep step, Office office)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(
            $"an answer to '{step.Name}'", async () => (answer = await step.Act(office)) is not { Status: 503, Code: "busy" }, TimeSpan.FromSeconds(60));
        return answer!;
    }

    /// <summary>Repeats every step that has an answer of its own on record, and compares.</summary>
    public static async Task EveryAnswerIsGivenAgainAsync(Office office, IEnumerable<Answer> answers)
    {
        foreach (var (step, first) in Steps.Zip(answers).Where(s => s.First.Repeats))
        {
            Assert.Equal(first.Text, (await TakeAsync(step, office)).Is(step.Status).Text);
        }
    }

    /// <summary>After the whole script: each act is on record as often as it was asked for, however often it was repeated.</summary>
    public static async Task NothingHappenedTwiceAsync(ILedgerStore store)
    {
        var requests = await Ledgers.EntriesAsync(store, "agreement/crash", "transfer.requested");
        Assert.Equal([1, 2, 3, 4, 5], requests.Select(r => r.GetProperty("data").GetProperty("number").GetInt32()));
        foreach (var (ledger, kind, times) in new[]
                 {
                     ("agreement/crash", "agreement.signed", 2), ("agreement/crash", "agreement.terminated", 1), ("agreement/crash", "payload.deposited", 2),
                     ("agreement/crash", "transfer.approved", 1), ("agreement/crash", "transfer.accepted", 1), ("agreement/crash", "transfer.withdrawn", 1),
                     ("agreement/crash", "transfer.erased", 1), ("agreement/crash", "erasure.completed", 1),
                     ("agency/CN.exporter", "agency.suspended", 1), ("agency/CN.exporter", "agency.resumed", 1), ("agency/CN.exporter", "dataset.put", 3),
                     ("country/CN", "country.founded", 1), ("country/KZ", "rulepack.drafted", 2), ("country/KZ", "rulepack.approved", 2),
                 })
        {
            Assert.True((await Ledgers.EntriesAsync(store, ledger, kind)).Count == times, $"{kind} is not {times} times on {ledger}.");
        }
    }

    private static IEnumerable<CrashStep> Country(string country)
    {
        var (pack, scheme) = (BuiltInPacks.FindForCountry(country)!, BuiltInPacks.FindScheme(country)!);
        var packs = $"v1/countries/{country}/rule-packs";
        yield return Send($"scheme of {country}", 200, Admin(country), HttpMethod.Put, $"v1/countries/{country}/classification-scheme", () => Officer.Content(scheme.Json.ToArray(), "application/json"));
        yield return Send($"pack of {country}", 201, Admin(country), HttpMethod.Post, packs, () => Officer.Content(pack.Yaml.ToArray(), "application/yaml"));
        yield return Post($"test of the pack of {country}", Admin(country), $"{packs}/{pack.Version}/test");
        yield return Post($"approval of the pack of {country}", Second(country), $"{packs}/{pack.Version}/approve");
    }

    private static CrashStep Put(string name, Func<Office, Task<Officer>> who, string path, JsonObject body) =>
        Send(name, 200, who, HttpMethod.Put, path, () => Officer.Json(body));

    private static CrashStep Post(string name, Func<Office, Task<Officer>> who, string path, JsonObject? body = null, int status = 200) =>
        Send(name, status, who, HttpMethod.Post, path, () => Officer.Json(body ?? []));

    private static CrashStep Deposit(string name, int transfer) =>
        Send(name, 200, Agency(Exporter), HttpMethod.Put, $"v1/transfers/{Agreement}:{transfer}/payload", () => Officer.Content(Payload, "text/csv"));

    private static CrashStep Collect(string name, int transfer) => Look(name, Agency(Importer), $"v1/transfers/{Agreement}:{transfer}/payload");

    // Every collection, and every look of an auditor, is an act of its own and is recorded as one.
    private static CrashStep Look(string name, Func<Office, Task<Officer>> who, string path) =>
        new(name, 200, async office => await (await who(office)).GetAsync(path), Repeats: false);

    private static CrashStep Send(string name, int status, Func<Office, Task<Officer>> who, HttpMethod method, string path, Func<HttpContent> body) => new(
        name, status, async office => await (await who(office)).SendAsync(method, path, body(), ("Idempotency-Key", $"crash-{name.Replace(' ', '-')}")), 
        Repeats: path.StartsWith("v1/agreements", StringComparison.Ordinal) || (path.StartsWith("v1/transfers", StringComparison.Ordinal) && method == HttpMethod.Post));

    private static Func<Office, Task<Officer>> Admin(string country) => office => office.AdminAsync(country);

    private static Func<Office, Task<Officer>> Second(string country) => office => office.AdminAsync(country, "a second administrator");

    private static Func<Office, Task<Officer>> Agency(string agency) => office => office.AgencyAsync(agency);

    private static JsonObject AgencyDocument(string kind) => new()
    {
        ["names"] = new JsonObject { ["en"] = "An agency" },
        ["kind"] = "customs",
        ["exporterKind"] = kind,
    };

    private static JsonObject People()
    {
        var people = Exchange.GoodsDocument("People");
        people["categories"] = new JsonArray("General");
        people["facts"] = new JsonObject { ["dataKind"] = "Personal", ["originOfData"] = "CollectedDomestically" };
        return people;
    }

    private static JsonObject Terms() => new()
    {
        ["id"] = Agreement,
        ["title"] = new JsonObject { ["en"] = "An agreement in a storm" },
        ["parties"] = new JsonArray("CN", "KZ"),
        ["validFrom"] = "2026-01-01",
        ["grants"] = new JsonArray(Grant("goods", null), Grant("books", "CN"), Grant("people", null)),
    };

    private static JsonObject Grant(string dataSet, string? approvalBy) => new()
    {
        ["id"] = dataSet,
        ["dataSets"] = new JsonArray($"{Exporter}/{dataSet}"),
        ["importers"] = new JsonArray(Importer),
        ["purposes"] = new JsonArray("InternationalTrade"),
        ["maxLevel"] = "restricted",
        ["approvalBy"] = approvalBy,
    };

    private static JsonObject Request(string dataSet, int? subjects = null) => new()
    {
        ["agreement"] = Agreement,
        ["dataset"] = $"{Exporter}/{dataSet}",
        ["purpose"] = "InternationalTrade",
        ["legalBasis"] = "Customs law",
        ["facts"] = subjects is { } n ? new JsonObject { ["subjects"] = n } : new JsonObject(),
    };
}

/// <summary>One request of the script, the same at every repetition.</summary>
/// <param name="Name">What it is; unique.</param>
/// <param name="Status">The status of its answer.</param>
/// <param name="Act">Sends it.</param>
/// <param name="Repeats">Whether a repetition gets the first answer again; a register answers with what stands now.</param>
internal sealed record CrashStep(string Name, int Status, Func<Office, Task<Answer>> Act, bool Repeats);
