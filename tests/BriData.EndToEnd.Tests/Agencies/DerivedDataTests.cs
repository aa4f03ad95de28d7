using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agencies;

/// <summary>Derived data inherits classification and conditions; re-export asks the country of origin (I7).</summary>
[Collection(GatewayGroup.Name)]
public sealed class DerivedDataTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Derived_FromReceivedData_InheritsGradeCategoriesAndSharing()
    {
        var received = await ReceivedAsync();

        var derived = (await PutAsync(received, "notes")).Is(200);

        var inherited = derived.Json.GetProperty("inherited");
        Assert.Equal("AMBER", inherited.GetProperty("tlp").GetString());
        Assert.Equal("internal", inherited.GetProperty("minLevel").GetString());
        var origin = inherited.GetProperty("origins")[0];
        Assert.Equal((received.Exchange.DataSet, "CN", received.Exchange.Agreement), (origin.GetProperty("dataset").GetString(), origin.GetProperty("country").GetString(), origin.GetProperty("agreement").GetString()));
    }

    [Fact]
    public async Task Derived_WithALowerMark_IsRefusedAndTheMarksThatDoAreNamed()
    {
        var received = await ReceivedAsync();
        var document = Derived(received, Exchange.GoodsDocument("Notes", "open"));

        var problem = (await (await _office.AgencyAsync(received.Exchange.Importer)).PutAsync($"v1/datasets/{received.Exchange.Importer}/notes", document))
            .IsProblem(422, "classification_lowered");

        Assert.Contains("internal", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Derived_FromDataNotReceived_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var importer = await exchange.ImporterAsync();
        var path = $"v1/datasets/{exchange.Importer}/notes";

        (await importer.PutAsync(path, Derived((exchange, id), Exchange.GoodsDocument()))).IsProblem(409, "wrong_state");
        (await importer.PutAsync(path, Derived((exchange, exchange.Agreement + ":99"), Exchange.GoodsDocument()))).IsProblem(404, "unknown_transfer");
        (await importer.PutAsync(path, Derived((exchange, null), Exchange.GoodsDocument()))).IsProblem(400, "invalid_field");
        (await importer.PutAsync(path, Derived((exchange, id), Exchange.GoodsDocument(), $"{exchange.Importer}/none"))).IsProblem(400, "invalid_field");
        (await importer.PutAsync(path, Derived((exchange, null), Exchange.GoodsDocument(), $"{exchange.Importer}/none"))).IsProblem(404, "unknown_dataset");
    }

    [Fact]
    public async Task ReExport_ToAThirdCountry_NeedsTheOriginsWord()
    {
        var silent = await ReceivedAsync();
        var spoken = await ReceivedAsync(terms => terms["grants"]![0]!["onwardTo"] = new JsonArray("SG"));

        foreach (var (received, outcome) in ((Received, string)[])[(silent, "ONWARD_NOT_ALLOWED"), (spoken, "PERMITTED")])
        {
            (await PutAsync(received, "notes")).Is(200);
            var decision = await ReExportAsync(received, "notes");
            Assert.Equal(outcome, decision.Value("decision", "code"));
        }

        var remedy = (await ReExportAsync(silent, "notes")).Json.GetProperty("decision").GetProperty("remedy").GetProperty("changes")[0];
        Assert.Equal($"{silent.Exchange.Agreement}.grants.goods.onwardTo", remedy.GetProperty("name").GetString());
        Assert.Equal("SG", remedy.GetProperty("value").GetString());
    }

    [Fact]
    public async Task ReExport_OfDataDerivedTwice_IsHeldByTheFirstOrigin()
    {
        var received = await ReceivedAsync();
        (await PutAsync(received, "notes")).Is(200);
        var summary = Exchange.GoodsDocument("Summary", "internal");
        summary["derivedFrom"] = new JsonArray(new JsonObject { ["dataset"] = $"{received.Exchange.Importer}/notes" });
        (await (await _office.AgencyAsync(received.Exchange.Importer)).PutAsync($"v1/datasets/{received.Exchange.Importer}/summary", summary)).Is(200);

        Assert.Equal("ONWARD_NOT_ALLOWED", (await ReExportAsync(received, "summary")).Value("decision", "code"));
    }

    [Fact]
    public async Task Derived_DeclaredAgainWithoutItsSources_StaysHeld()
    {
        var received = await ReceivedAsync();
        var importer = await _office.AgencyAsync(received.Exchange.Importer);
        var path = $"v1/datasets/{received.Exchange.Importer}/notes";
        (await PutAsync(received, "notes")).Is(200);

        (await importer.PutAsync(path, Exchange.GoodsDocument("Notes", "open"))).IsProblem(422, "classification_lowered");
        var again = (await importer.PutAsync(path, Exchange.GoodsDocument("Notes", Mark))).Is(200);

        Assert.Equal("AMBER", again.Json.GetProperty("inherited").GetProperty("tlp").GetString());
        Assert.Equal("ONWARD_NOT_ALLOWED", (await ReExportAsync(received, "notes")).Value("decision", "code"));
    }

    [Fact]
    public async Task Derived_AfterTheTransferWasRefusedByTheRecipient_IsStillOfThatOrigin()
    {
        var received = await ReceivedAsync();
        (await (await received.Exchange.ImporterAsync()).PostAsync($"v1/transfers/{received.Transfer}/refuse")).Is(200);

        Assert.Single((await PutAsync(received, "notes")).Is(200).Json.GetProperty("inherited").GetProperty("origins").EnumerateArray());
    }

    [Fact]
    public async Task Derived_FromAStateSecret_IsOneUnderWhateverMark()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var exporter = await exchange.ExporterAsync();
        (await exporter.PutAsync($"v1/datasets/{exchange.Exporter}/secret", Exchange.GoodsDocument("Secret", "mimi"))).Is(200);
        var notes = Exchange.GoodsDocument("Notes", "sensitive");
        notes["derivedFrom"] = new JsonArray(new JsonObject { ["dataset"] = $"{exchange.Exporter}/secret" });

        var derived = (await exporter.PutAsync($"v1/datasets/{exchange.DataSet}", notes)).Is(200);

        Assert.True(derived.Json.GetProperty("inherited").GetProperty("stateSecret").GetBoolean());
        var decision = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal("denied", decision.Value("status"));
        Assert.Contains(decision.Json.GetProperty("decision").GetProperty("rules").EnumerateArray(), r =>
            r.GetProperty("id").GetString() == "cn-0a-state-secret" && r.GetProperty("result").GetString() == "matched");
    }

    [Fact]
    public async Task Derived_SourceNamedTwice_IsRefused()
    {
        var received = await ReceivedAsync();
        var document = Derived(received, Exchange.GoodsDocument("Notes", Mark));
        document["derivedFrom"]!.AsArray().Add(document["derivedFrom"]![0]!.DeepClone());

        (await (await _office.AgencyAsync(received.Exchange.Importer)).PutAsync($"v1/datasets/{received.Exchange.Importer}/notes", document)).IsProblem(400, "invalid_field");
    }

    /// <summary>Data of China that an agency of Singapore's partner Kazakhstan has received.</summary>
    private async Task<Received> ReceivedAsync(Action<JsonObject>? change = null)
    {
        var exchange = await Exchange.CreateAsync(_office, mark: "internal", change: change);
        var goods = Exchange.GoodsDocument(mark: "internal");
        goods["tlp"] = "AMBER";
        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", goods)).Is(200);
        var request = exchange.Request();
        request["facts"] = new JsonObject { ["audience"] = "RecipientOrganisation", ["needToKnow"] = true };
        var asked = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", request)).Is(201);
        Assert.Equal("permitted", asked.Value("status"));
        var id = asked.Value("id")!;
        (await exchange.DepositAsync(id, "goods"u8.ToArray())).Is(200);
        (await exchange.CollectAsync(id)).Is(200);
        return new Received(exchange, id);
    }

    private async Task<Answer> PutAsync(Received received, string slug) =>
        await (await _office.AgencyAsync(received.Exchange.Importer)).PutAsync(
            $"v1/datasets/{received.Exchange.Importer}/{slug}", Derived(received, Exchange.GoodsDocument("Notes", Mark)));

    // Kazakhstan's mark at or above the level of China's "internal".
    private const string Mark = "internal";

    private static JsonObject Derived((Exchange Exchange, string? Transfer) received, JsonObject document, string? from = null)
    {
        document["derivedFrom"] = new JsonArray(new JsonObject { ["dataset"] = from ?? received.Exchange.DataSet, ["transfer"] = received.Transfer });
        return document;
    }

    private static JsonObject Derived(Received received, JsonObject document) => Derived((received.Exchange, received.Transfer), document);

    /// <summary>Asks, for Singapore's customs, for the derived data under an agreement of its own.</summary>
    private async Task<Answer> ReExportAsync(Received received, string slug)
    {
        var id = $"{received.Exchange.Agreement}-{slug}-{Officer.NewKey()}";
        (await (await _office.AdminAsync("KZ")).PostAsync("v1/agreements", new JsonObject
        {
            ["id"] = id,
            ["title"] = new JsonObject { ["en"] = "Re-export" },
            ["parties"] = new JsonArray("KZ", "SG"),
            ["validFrom"] = "2026-01-01",
            ["grants"] = new JsonArray(new JsonObject
            {
                ["id"] = "all",
                ["dataSets"] = new JsonArray($"{received.Exchange.Importer}/*"),
                ["importers"] = new JsonArray("SG/customs"),
                ["purposes"] = new JsonArray("InternationalTrade"),
                ["maxLevel"] = "restricted",
            }),
        })).Is(201);
        foreach (var party in (string[])["KZ", "SG"])
        {
            (await (await _office.AdminAsync(party)).PostAsync($"v1/agreements/{id}/signatures")).Is(200);
        }

        return (await (await _office.AgencyAsync("SG/customs")).PostAsync("v1/transfers", new JsonObject
        {
            ["agreement"] = id,
            ["dataset"] = $"{received.Exchange.Importer}/{slug}",
            ["purpose"] = "InternationalTrade",
            ["facts"] = new JsonObject { ["audience"] = "RecipientOrganisation", ["needToKnow"] = true },
        })).Is(201);
    }

    private sealed record Received(Exchange Exchange, string Transfer);
}
