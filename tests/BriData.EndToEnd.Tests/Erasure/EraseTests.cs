using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Erasure;

/// <summary>Erasing over HTTP: what was erased is gone for everybody, and the record says so.</summary>
[Collection(GatewayGroup.Name)]
public sealed class EraseTests(SharedGateway gateway)
{
    private const string Basis = "Customs Code, article 7, asked by Aigerim Bekova";

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Erase_AcceptedTransfer_PayloadIsGoneAndTheRecordSaysSo()
    {
        var (exchange, id) = await AcceptedAsync();
        var receipt = (await (await exchange.ImporterAsync()).GetAsync($"v1/transfers/{id}/receipt")).Is(200).Text;
        var open = Assert.Single(await TextsAsync(id), t => t.GetProperty("field").GetString() == "legalBasis");
        Assert.Equal(Basis, open.GetProperty("text").GetString());

        var erased = (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/erase", new JsonObject { ["reason"] = "request of the person" })).Is(200);

        Assert.Equal("erased", erased.Value("status"));
        (await exchange.CollectAsync(id)).IsProblem(410, "payload_erased");
        (await exchange.CollectAsync(id, ("Range", "bytes=0-0"))).IsProblem(410, "payload_erased");
        (await exchange.DepositAsync(id, Payloads.Goods)).IsProblem(410, "payload_erased");
        var erasure = Assert.Single((await (await exchange.ImporterAsync()).GetAsync($"v1/transfers/{id}")).Is(200).List("erasures"));
        Assert.Equal("request", erasure.GetProperty("rule").GetString());
        Assert.NotEqual(JsonValueKind.Null, erasure.GetProperty("destroyedAt").ValueKind);
        var texts = await TextsAsync(id);
        Assert.Equal(["erased", "open"], texts.Select(t => t.GetProperty("status").GetString()));
        Assert.DoesNotContain("Bekova", (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal(receipt.Split('\n')[..2], (await (await exchange.ImporterAsync()).GetAsync($"v1/transfers/{id}/receipt")).Is(200).Text.Split('\n')[..2]);
        var replayed = (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/ledgers/{exchange.Ledger}/replay")).Is(200);
        Assert.DoesNotContain("\"recorded\"", replayed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trail_OpenText_MakesTheCommitmentOfItsEntry()
    {
        var (_, id) = await AcceptedAsync();

        var trail = (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/transfers/{id}")).Is(200);

        var request = trail.List("entries")[0];
        var text = request.GetProperty("texts")[0];
        byte[] salted = [.. Convert.FromHexString(text.GetProperty("salt").GetString()!), .. Encoding.UTF8.GetBytes(text.GetProperty("text").GetString()!)];
        Assert.Equal(
            request.GetProperty("entry").GetProperty("data").GetProperty("legalBasis").GetString(), Convert.ToHexStringLower(SHA256.HashData(salted)));
    }

    [Fact]
    public async Task Erase_SameKeyAgain_GivesTheSameAnswer()
    {
        var (exchange, id) = await AcceptedAsync();
        var exporter = await exchange.ExporterAsync();
        var key = Officer.NewKey();

        var first = (await exporter.PostAsync($"v1/transfers/{id}/erase", null, key)).Is(200);
        var size = await exchange.LedgerSizeAsync();

        Assert.Equal(first.Text, (await exporter.PostAsync($"v1/transfers/{id}/erase", null, key)).Is(200).Text);
        Assert.Equal(size, await exchange.LedgerSizeAsync());
        (await exporter.PostAsync($"v1/transfers/{id}/erase")).IsProblem(409, "wrong_state");
        (await exporter.PostAsync($"v1/transfers/{id}/erase", new JsonObject { ["reason"] = "other" }, key)).IsProblem(422, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("""{"classes":["payload","letters"]}""", "invalid_field")]
    [InlineData("""{"classes":[]}""", "invalid_field")]
    [InlineData("""{"classes":"payload"}""", "invalid_field")]
    [InlineData("""{"everything":true}""", "unknown_field")]
    public async Task Erase_BadBody_IsRefused(string body, string code)
    {
        var (exchange, id) = await AcceptedAsync();

        (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/erase", JsonNode.Parse(body))).IsProblem(400, code);
    }

    [Fact]
    public async Task Erase_ByWhoeverMayNotOrTooEarly_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);

        (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/erase")).IsProblem(409, "wrong_state");
        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/erase")).IsProblem(403, "not_your_agency");
        (await (await _office.AuditorAsync("CN")).PostAsync($"v1/transfers/{id}/erase")).IsProblem(403, "role_missing");
        (await (await _office.AsAsync("SG/customs", "agency,approver,auditor,admin")).PostAsync($"v1/transfers/{id}/erase")).IsProblem(404, "unknown_transfer");
        (await (await exchange.ExporterAsync()).PostAsync("v1/transfers/no-such:1/erase")).IsProblem(404, "unknown_transfer");
    }

    [Fact]
    public async Task Payload_AtRest_HoldsNoByteRunOfTheContent()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var content = RandomNumberGenerator.GetBytes(200_000);
        var id = await exchange.AskAndDepositAsync(content);

        Assert.Equal([], DataFiles.Holding(gateway.Process.DataDirectory, content.AsSpan(100, 24).ToArray(), content.AsSpan(150_000, 24).ToArray()));
        Assert.Equal(content, (await exchange.CollectAsync(id)).Is(200).Body);
        Assert.Equal(content[65_530..65_545], (await exchange.CollectAsync(id, ("Range", "bytes=65530-65544"))).Is(206).Body);
    }

    [Fact]
    public async Task Agreement_WithRetention_ShowsIt()
    {
        var exchange = await Exchange.CreateAsync(_office, change: terms => terms["retention"] = new JsonObject { ["payload"] = new JsonObject { ["days"] = 30 } });

        var agreement = (await (await _office.AdminAsync("CN")).GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200);

        Assert.Equal(30, agreement.Number("retention", "payload", "days"));
    }

    private async Task<List<JsonElement>> TextsAsync(string id)
    {
        var trail = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200);
        return [.. trail.List("entries").SelectMany(e => e.GetProperty("texts").EnumerateArray())];
    }

    private async Task<(Exchange Exchange, string Id)> AcceptedAsync()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var importer = await exchange.ImporterAsync();
        var id = (await importer.PostAsync("v1/transfers", exchange.Request(Basis))).Is(201).Value("id")!;
        (await exchange.DepositAsync(id, Payloads.Goods)).Is(200);
        Assert.Equal(Payloads.Goods, (await exchange.CollectAsync(id)).Is(200).Body);
        (await importer.PostAsync($"v1/transfers/{id}/accept")).Is(200);
        return (exchange, id);
    }
}
