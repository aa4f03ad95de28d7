using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Exchanges;

/// <summary>Requests and the decisions on them.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RequestTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Create_Answer_HasWhatTheContractPromises()
    {
        var exchange = await Exchange.CreateAsync(_office);

        var answer = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request("basis"))).Is(201);

        Assert.Equal($"{exchange.Agreement}:1", answer.Value("id"));
        Assert.EndsWith($"/v1/transfers/{exchange.Agreement}:1", answer.Header("Location"), StringComparison.Ordinal);
        Assert.Equal("permitted", answer.Value("status"));
        Assert.Equal("Permit", answer.Value("decision", "outcome"));
        Assert.Equal("PERMITTED", answer.Value("decision", "code"));
        Assert.Null(answer.Value("decision", "remedy"));
        string[] members = ["obligations", "missing", "rules"];
        Assert.All(members, m => Assert.Equal(System.Text.Json.JsonValueKind.Array, answer.Json.GetProperty("decision").GetProperty(m).ValueKind));
        Assert.NotNull(answer.Value("decision", "versions", "exporterPack"));
        Assert.NotNull(answer.Value("decision", "versions", "importerPack"));
        Assert.Equal(exchange.Ledger, answer.Value("receipt", "ledger"));
        Assert.Equal(64, answer.Value("receipt", "leafHash")!.Length);
    }

    [Theory]
    [InlineData("CN/customs/declarations", "permitted")]
    [InlineData("CN/customs/harmonized-system", "permitted")]
    [InlineData("CN/statistics/gdp", "permitted")]
    [InlineData("CN/customs/travellers", "denied")]
    [InlineData("CN/customs/critical-supply", "denied")]
    public async Task Create_SampleWorld_DecidesAsTheLawSays(string dataSet, string status)
    {
        var body = BadInput.BadRequest.TransferBody();
        body["dataset"] = dataSet;

        var answer = (await (await _office.AgencyAsync("KZ/customs")).PostAsync("v1/transfers", body)).Is(201);

        Assert.Equal(status, answer.Value("status"));
        var cited = answer.Json.GetProperty("decision").GetProperty("rules").EnumerateArray()
            .Where(r => r.GetProperty("source").GetString() == "CN" && r.GetProperty("result").GetString() == "matched");
        Assert.Contains(cited, r => r.GetProperty("citation").GetString()!.Length > 0);
    }

    [Fact]
    public async Task Create_Denied_SaysWhyAndWhatWouldMakeItLawfulAndIsOnRecord()
    {
        var body = BadInput.BadRequest.TransferBody();
        body["dataset"] = "CN/customs/travellers";
        var importer = await _office.AgencyAsync("KZ/customs");

        var denied = (await importer.PostAsync("v1/transfers", body)).Is(201);

        Assert.Equal("Deny", denied.Value("decision", "outcome"));
        Assert.Contains(denied.Value("decision", "kind"), (string[])["Forbidden", "NotPermitted", "ConflictOfLaws", "Indeterminate"]);
        Assert.NotEmpty(denied.Json.GetProperty("decision").GetProperty("missing").EnumerateArray());
        Assert.NotNull(denied.Value("decision", "remedy", "text"));
        Assert.Equal("denied", (await importer.GetAsync($"v1/transfers/{denied.Value("id")}")).Is(200).Value("status"));
    }

    [Fact]
    public async Task Preflight_AnyRequest_GivesTheDecisionOfTheRequestAndRecordsNothing()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var importer = await exchange.ImporterAsync();
        var before = await Ledgers.SizesAsync(_office, "CN", "KZ");

        var preview = (await importer.PostAsync("v1/transfers/preflight", exchange.Request())).Is(200);

        Assert.Equal(before, await Ledgers.SizesAsync(_office, "CN", "KZ"));
        var decided = (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal(decided.Value("status"), preview.Value("status"));
        Assert.Equal(decided.Value("decision"), preview.Value("decision"));
    }

    [Fact]
    public async Task Push_ByTheExporter_ReachesTheNamedImporter()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var body = exchange.Request();
        body["importer"] = exchange.Importer;

        var pushed = (await (await exchange.ExporterAsync()).PostAsync("v1/transfers", body)).Is(201);

        Assert.Equal("permitted", pushed.Value("status"));
        (await exchange.DepositAsync(pushed.Value("id")!, Payloads.Goods)).Is(200);
        Assert.Equal(Payloads.Goods, (await exchange.CollectAsync(pushed.Value("id")!)).Is(200).Body);
    }
}
