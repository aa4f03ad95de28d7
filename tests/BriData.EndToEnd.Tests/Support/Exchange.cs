using System.Text.Json.Nodes;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>
/// An exporter, an importer, a data set and an agreement of their own, made through the API, so that a test can do to them what
/// it wants.
/// </summary>
internal sealed class Exchange
{
    private static int _count;

    private Exchange(Office office, string from, string to)
    {
        var number = Interlocked.Increment(ref _count);
        Office = office;
        (From, To) = (from, to);
        Exporter = $"{from}/exporter-{number}";
        Importer = $"{to}/importer-{number}";
        DataSet = $"{Exporter}/goods";
        Agreement = $"exchange-{number}";
    }

    public Office Office { get; }

    public string From { get; }

    public string To { get; }

    public string Exporter { get; }

    public string Importer { get; }

    public string DataSet { get; }

    public string Agreement { get; }

    public string Ledger => $"agreement/{Agreement}";

    /// <summary>Agencies, data set and agreement; in force unless <paramref name="signed"/> is false.</summary>
    public static async Task<Exchange> CreateAsync(
        Office office, string from = "CN", string to = "KZ", bool signed = true, string? approvalBy = null, string mark = "open", Action<JsonObject>? change = null)
    {
        var exchange = new Exchange(office, from, to);
        await exchange.PutAgencyAsync(exchange.Exporter);
        await exchange.PutAgencyAsync(exchange.Importer);
        (await (await office.AgencyAsync(exchange.Exporter)).PutAsync($"v1/datasets/{exchange.DataSet}", GoodsDocument(mark: mark))).Is(200);
        var terms = exchange.Terms(approvalBy);
        change?.Invoke(terms);
        (await (await office.AdminAsync(from)).PostAsync("v1/agreements", terms)).Is(201);
        if (signed)
        {
            await exchange.SignAsync(from);
            await exchange.SignAsync(to);
        }

        return exchange;
    }

    /// <summary>An exporter that is no state organ, with a data set of persons of whom nothing sensitive is held.</summary>
    public static async Task<Exchange> CreateOfPeopleAsync(Office office)
    {
        var exchange = await CreateAsync(office);
        var agency = AgencyDocument();
        agency["exporterKind"] = "PrivateHandler";
        (await (await office.AdminAsync(exchange.From)).PutAsync($"v1/agencies/{exchange.Exporter}", agency)).Is(200);
        var people = GoodsDocument("People");
        people["categories"] = new JsonArray("General");
        people["facts"] = new JsonObject { ["dataKind"] = "Personal", ["originOfData"] = "CollectedDomestically" };
        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", people)).Is(200);
        return exchange;
    }

    /// <summary>A data set of goods without persons.</summary>
    public static JsonObject GoodsDocument(string title = "Goods lines", string mark = "open") => new()
    {
        ["title"] = new JsonObject { ["en"] = title },
        ["mark"] = mark,
        ["tlp"] = "GREEN",
        ["facts"] = new JsonObject { ["dataKind"] = "NonPersonal", ["originOfData"] = "CollectedDomestically" },
        ["mediaType"] = "text/csv",
    };

    /// <summary>A lawful route on record, which says nothing but what it must.</summary>
    public static void WithSecurityAssessment(JsonObject terms) =>
        terms["mechanisms"] = new JsonArray(new JsonObject { ["code"] = "CN_SECURITY_ASSESSMENT", ["jurisdiction"] = "CN", ["from"] = "2026-01-01" });

    public static JsonObject AgencyDocument(string name = "An agency") => new()
    {
        ["names"] = new JsonObject { ["en"] = name },
        ["kind"] = "customs",
        ["exporterKind"] = "StateOrgan",
    };

    public Task<Officer> ExporterAsync(string? subject = null) => Office.AgencyAsync(Exporter, subject);

    public Task<Officer> ImporterAsync(string? subject = null) => Office.AgencyAsync(Importer, subject);

    public JsonObject Terms(string? approvalBy = null) => new()
    {
        ["id"] = Agreement,
        ["title"] = new JsonObject { ["en"] = "An agreement of a test" },
        ["parties"] = new JsonArray(From, To),
        ["validFrom"] = "2026-01-01",
        ["validTo"] = null,
        ["grants"] = new JsonArray(new JsonObject
        {
            ["id"] = "goods",
            ["dataSets"] = new JsonArray(DataSet),
            ["importers"] = new JsonArray(Importer),
            ["purposes"] = new JsonArray("InternationalTrade"),
            ["maxLevel"] = "restricted",
            ["approvalBy"] = approvalBy,
        }),
    };

    public JsonObject Request(string? legalBasis = null) => new()
    {
        ["agreement"] = Agreement,
        ["dataset"] = DataSet,
        ["purpose"] = "InternationalTrade",
        ["legalBasis"] = legalBasis,
        ["facts"] = new JsonObject(),
    };

    /// <summary>Puts the data set into a grade.</summary>
    public async Task GradeAsync(string grade)
    {
        var document = GoodsDocument();
        document["grade"] = grade;
        (await (await ExporterAsync()).PutAsync($"v1/datasets/{DataSet}", document)).Is(200);
    }

    public async Task<Answer> SignAsync(string country) =>
        (await (await Office.AdminAsync(country)).PostAsync($"v1/agreements/{Agreement}/signatures")).Is(200);

    /// <summary>The importer asks; the answer's status is checked.</summary>
    public async Task<string> AskAsync(string status = "permitted")
    {
        var answer = (await (await ImporterAsync()).PostAsync("v1/transfers", Request())).Is(201);
        Assert.Equal(status, answer.Value("status"));
        return answer.Value("id")!;
    }

    /// <summary>So many requests from many clients at once; the transfers in no order.</summary>
    public async Task<string[]> AskManyAsync(int count, int clients = 32)
    {
        var importer = await ImporterAsync();
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = clients };
        await Parallel.ForAsync(0, count, options, async (_, _) => ids.Add((await importer.PostAsync("v1/transfers", Request())).Is(201).Value("id")!));
        return [.. ids];
    }

    /// <summary>A transfer whose payload the exporter has deposited.</summary>
    public async Task<string> AskAndDepositAsync(byte[] payload)
    {
        var id = await AskAsync();
        (await DepositAsync(id, payload)).Is(200);
        return id;
    }

    public async Task<Answer> DepositAsync(string id, byte[] payload, params (string Name, string Value)[] headers) =>
        await (await ExporterAsync()).SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(payload, "text/csv"), headers);

    public async Task<Answer> CollectAsync(string id, params (string Name, string Value)[] headers) =>
        await (await ImporterAsync()).GetAsync($"v1/transfers/{id}/payload", headers);

    /// <summary>The status of a transfer as the importer's country sees it.</summary>
    public async Task<string?> StatusAsync(string id) =>
        (await (await Office.AdminAsync(To)).GetAsync($"v1/transfers/{id}")).Is(200).Value("status");

    public async Task<long> LedgerSizeAsync() => (await Ledgers.SizesAsync(Office, From))[Ledger];

    private async Task PutAgencyAsync(string agency) =>
        (await (await Office.AdminAsync(agency[..2])).PutAsync($"v1/agencies/{agency}", AgencyDocument())).Is(200);
}
