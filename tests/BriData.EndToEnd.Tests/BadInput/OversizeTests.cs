using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>
/// A ledger entry has at most 65,535 bytes. What would not fit is refused to whoever sent it, and nobody else notices.
/// </summary>
[Collection(GatewayGroup.Name)]
public sealed class OversizeTests(SharedGateway gateway)
{
    private static readonly string Long = new('x', 100_000);

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Create_FactTooLongForAnEntry_IsRefusedAndOthersGoOn()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var body = exchange.Request();
        body["facts"]!["recipientRegisteredIn"] = Long;
        var importer = await exchange.ImporterAsync();

        var others = Enumerable.Range(0, 20).Select(_ => importer.PostAsync("v1/transfers", exchange.Request())).ToArray();
        var refused = await importer.PostAsync("v1/transfers", body);

        Assert.All(await Task.WhenAll(others), a => a.Is(201));
        IsTheCallersFault(refused);
        Assert.Equal($"{exchange.Agreement}:21", await exchange.AskAsync());
    }

    [Fact]
    public async Task Create_ListOfFactsTooLongForAnEntry_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var body = exchange.Request();
        body["importer"] = exchange.Importer;
        body["facts"]!["batches"] = new JsonArray([.. Enumerable.Range(0, 50_000).Select(n => JsonValue.Create(n))]);

        IsTheCallersFault(await (await exchange.ExporterAsync()).PostAsync("v1/transfers", body));
        await exchange.AskAsync();
    }

    [Fact]
    public async Task PutDataSet_DocumentTooLongForAnEntry_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var exporter = await exchange.ExporterAsync();

        IsTheCallersFault(await exporter.PutAsync($"v1/datasets/{exchange.DataSet}", Exchange.GoodsDocument(Long)));
        (await exporter.PutAsync($"v1/datasets/{exchange.DataSet}", Exchange.GoodsDocument("Second"))).Is(200);
    }

    [Fact]
    public async Task Suspend_AgencyWithManyDataSets_IsStillToldToItsAgreements()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var exporter = await exchange.ExporterAsync();
        const int dataSets = 15;
        for (var n = 0; n < dataSets; n++)
        {
            (await exporter.PutAsync($"v1/datasets/{exchange.Exporter}/large-{n}", Exchange.GoodsDocument(Long[..5_000]))).Is(200);
        }

        await exchange.AskAsync();
        (await (await _office.AdminAsync(exchange.From)).PostAsync($"v1/agencies/{exchange.Exporter}/suspend")).Is(200);
        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal("AGENCY_SUSPENDED", denied.Value("decision", "code"));
    }

    [Fact]
    public async Task PutAgency_DocumentTooLongForAnEntry_IsRefused()
    {
        var admin = await _office.AdminAsync("CN");

        IsTheCallersFault(await admin.PutAsync("v1/agencies/CN/long-name", Exchange.AgencyDocument(Long)));
        (await admin.PutAsync("v1/agencies/CN/short-name", Exchange.AgencyDocument())).Is(200);
    }

    [Fact]
    public async Task Draft_TermsTooLongForAnEntry_AreRefused()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        var terms = exchange.Terms();
        terms["id"] = exchange.Agreement + "-long";
        terms["title"]!["en"] = Long;

        IsTheCallersFault(await (await _office.AdminAsync("CN")).PostAsync("v1/agreements", terms));
    }

    [Fact]
    public async Task PutIssuers_ListTooLongForAnEntry_IsRefused()
    {
        var admin = await _office.AdminAsync("MY");
        var list = new JsonObject { ["issuers"] = new JsonArray(new JsonObject { ["issuer"] = "https://issuer.example/" + Long, ["metadataAddress"] = "https://issuer.example/" }) };

        IsTheCallersFault(await admin.PutAsync("v1/countries/MY/issuers", list));
        (await admin.GetAsync("v1/countries/MY")).Is(200);
    }

    private static void IsTheCallersFault(Answer answer) => Assert.True(answer.Status is >= 400 and < 500 && answer.Code is not null, answer.ToString());
}
