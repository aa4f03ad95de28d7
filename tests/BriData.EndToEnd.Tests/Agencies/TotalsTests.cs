using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agencies;

/// <summary>Persons counted as the exporter's law counts them.</summary>
[Collection(GatewayGroup.Name)]
public sealed class TotalsTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Transfers_SplitIntoParts_AreCountedTogether()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var importer = await exchange.ImporterAsync();

        Assert.Equal("permitted", (await importer.PostAsync("v1/transfers", Ask(exchange, 60_000))).Is(201).Value("status"));
        Assert.Equal("denied", (await importer.PostAsync("v1/transfers", Ask(exchange, 60_000))).Is(201).Value("status"));
        Assert.Equal("permitted", (await importer.PostAsync("v1/transfers", Ask(exchange, 39_999))).Is(201).Value("status"));

        var totals = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/agencies/{exchange.Exporter}/totals")).Is(200);
        Assert.Equal((99_999, 0), (totals.Number("general"), totals.Number("sensitive")));
    }

    [Fact]
    public async Task Transfers_OfPersonsNamedByHash_CountThemOnce()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var importer = await exchange.ImporterAsync();
        string[] people = ["AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAQ", "AAAAAAAAAAAAAAAAAAAAAg"];

        foreach (var part in (string[][])[people[..2], people[1..]])
        {
            var request = exchange.Request();
            request["subjectIds"] = new JsonObject { ["general"] = new JsonArray([.. part.Select(p => JsonValue.Create(p))]) };
            (await importer.PostAsync("v1/transfers", request)).Is(201);
        }

        Assert.Equal(3, (await (await exchange.ExporterAsync()).GetAsync($"v1/agencies/{exchange.Exporter}/totals?from=2026-01-01")).Is(200).Number("general"));
    }

    [Fact]
    public async Task Transfers_OfSensitiveData_CountAsSuchWhateverTheRequesterSays()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var health = Exchange.GoodsDocument("Health");
        health["categories"] = new JsonArray("Health");
        health["facts"] = new JsonObject { ["dataKind"] = "Personal", ["originOfData"] = "CollectedDomestically" };
        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", health)).Is(200);
        var request = exchange.Request();
        request["subjectIds"] = new JsonObject { ["general"] = new JsonArray("AAAAAAAAAAAAAAAAAAAAAA") };

        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", request)).Is(201);

        Assert.Equal("MECHANISM_MISSING", denied.Value("decision", "code"));
    }

    [Theory]
    [InlineData("""{"batches":[30000,20000]}""", "fact_not_assertable")]
    [InlineData("""{"flows":[{"subjects":30000}]}""", "fact_not_assertable")]
    [InlineData("""{"subjects":9007199254740991}""", "invalid_fact")]
    public async Task Transfers_StatedInAWayThatDodgesTheCount_AreRefused(string facts, string code)
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var request = exchange.Request();
        request["facts"] = JsonNode.Parse(facts);
        request["importer"] = exchange.Importer;

        (await (await exchange.ExporterAsync()).PostAsync("v1/transfers", request)).IsProblem(400, code);
        var people = Exchange.GoodsDocument("People");
        people["facts"] = JsonNode.Parse(facts);
        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", people)).IsProblem(400, code);
    }

    [Fact]
    public async Task Totals_OfOthers_AreNotShown()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var path = $"v1/agencies/{exchange.Exporter}/totals";

        (await (await exchange.ImporterAsync()).GetAsync(path)).IsProblem(403, "not_your_agency");
        (await (await _office.AuditorAsync("KZ")).GetAsync(path)).IsProblem(403, "not_your_country");
        (await (await _office.AuditorAsync("CN")).GetAsync("v1/agencies/CN/no-such/totals")).IsProblem(404, "unknown_agency");
    }

    [Fact]
    public async Task Request_HashThatIsNone_IsRefused()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var request = exchange.Request();
        request["subjectIds"] = new JsonObject { ["general"] = new JsonArray("Ann Smith") };

        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", request)).IsProblem(400, "invalid_field");
    }

    private static JsonObject Ask(Exchange exchange, int persons)
    {
        var request = exchange.Request();
        request["facts"] = new JsonObject { ["subjects"] = persons };
        return request;
    }
}
