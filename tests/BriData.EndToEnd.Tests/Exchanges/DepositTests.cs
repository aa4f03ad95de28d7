using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Exchanges;

/// <summary>The exporter hands over the payload.</summary>
[Collection(GatewayGroup.Name)]
public sealed class DepositTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Exchange_PermittedToAccepted_DeliversTheVeryBytes()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();

        var deposited = (await exchange.DepositAsync(id, Payloads.Goods, ("Repr-Digest", Payloads.Digest(Payloads.Goods)))).Is(200);
        Assert.Equal("payloadDeposited", deposited.Value("status"));
        Assert.Equal(Payloads.Hex(Payloads.Goods), deposited.Value("payload", "sha256"));
        Assert.Equal(Payloads.Goods.Length, deposited.Number("payload", "size"));
        Assert.Equal("text/csv", deposited.Value("payload", "mediaType"));

        var collected = (await exchange.CollectAsync(id)).Is(200);
        Assert.Equal(Payloads.Goods, collected.Body);
        Assert.Equal(Payloads.Digest(Payloads.Goods), collected.Header("Repr-Digest"));
        Assert.Equal("text/csv", collected.MediaType);
        Assert.Equal("delivered", await exchange.StatusAsync(id));

        var accepted = (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/accept")).Is(200);
        Assert.Equal("accepted", accepted.Value("status"));
        Assert.True(accepted.Number("lastReceipt", "index") > accepted.Number("receipt", "index"));
    }

    [Fact]
    public async Task Deposit_ContentTypeWithAName_RecordsTypeAndCharsetOnly()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        using var content = Officer.Content(Payloads.Goods, "text/csv; charset=utf-8; name=\"Bekova passport.csv\"");

        var deposited = (await (await exchange.ExporterAsync()).SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", content)).Is(200);

        Assert.Equal("text/csv; charset=utf-8", deposited.Value("payload", "mediaType"));
        var trail = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200).Text;
        Assert.Contains("text/csv", trail, StringComparison.Ordinal);
        Assert.DoesNotContain("Bekova", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deposit_DigestOfSomethingElse_IsRefusedAndTheTransferStaysOpen()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var before = await exchange.LedgerSizeAsync();

        (await exchange.DepositAsync(id, Payloads.Goods, ("Repr-Digest", Payloads.Digest([1, 2, 3])))).IsProblem(422, "payload_digest_mismatch");
        (await exchange.DepositAsync(id, Payloads.Goods, ("Repr-Digest", "sha-256=:not-base64:"))).IsProblem(422, "payload_digest_mismatch");

        Assert.Equal(before, await exchange.LedgerSizeAsync());
        Assert.Equal("permitted", await exchange.StatusAsync(id));
        (await exchange.DepositAsync(id, Payloads.Goods, ("Repr-Digest", Payloads.Digest(Payloads.Goods)))).Is(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deposit_LargerThanTheAgreementAllows_IsRefused(bool announced)
    {
        var exchange = await Exchange.CreateAsync(_office, change: t => t["maxPayloadBytes"] = 1_000);
        var id = await exchange.AskAsync();
        using var content = announced ? Officer.Content(new byte[1_001], null) : (HttpContent)new StreamContent(new Unannounced(1_001));

        (await (await exchange.ExporterAsync()).SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", content)).IsProblem(413, "payload_too_large");

        Assert.Equal("permitted", await exchange.StatusAsync(id));
        (await exchange.DepositAsync(id, new byte[1_000])).Is(200);
    }

    [Fact]
    public async Task Deposit_LargerThanAnyOtherBody_IsTaken()
    {
        const int size = 9 << 20;
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        using var content = new StreamContent(new Unannounced(size));

        var deposited = (await (await exchange.ExporterAsync()).SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", content)).Is(200);

        Assert.Equal(size, deposited.Number("payload", "size"));
        Assert.Equal(size, (await exchange.CollectAsync(id)).Is(200).Body.Length);
    }

    [Fact]
    public async Task Deposit_Nothing_IsAPayloadOfNoBytes()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync([]);

        (await exchange.CollectAsync(id, ("Range", "bytes=0-0"))).IsProblem(416, "range_not_satisfiable");
        var collected = (await exchange.CollectAsync(id)).Is(200);

        Assert.Empty(collected.Body);
        Assert.Equal(Payloads.Digest([]), collected.Header("Repr-Digest"));
    }

    [Fact]
    public async Task Deposit_TheSameAgain_ChangesNothingAndSomethingElseIsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Payloads.Goods);
        var before = await exchange.LedgerSizeAsync();

        Assert.Equal("payloadDeposited", (await exchange.DepositAsync(id, Payloads.Goods)).Is(200).Value("status"));
        (await exchange.DepositAsync(id, [1])).IsProblem(409, "wrong_state");

        Assert.Equal(before, await exchange.LedgerSizeAsync());
        Assert.Equal(Payloads.Goods, (await exchange.CollectAsync(id)).Is(200).Body);
    }

    [Fact]
    public async Task Deposit_ByWhoeverIsNotTheExporter_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        var importer = await exchange.ImporterAsync();
        var admin = await _office.AdminAsync("CN");

        (await importer.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(Payloads.Goods, null))).IsProblem(403, "not_your_agency");
        (await admin.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(Payloads.Goods, null))).IsProblem(403, "role_missing");
    }

    [Fact]
    public async Task Deposit_OnADeniedTransfer_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var body = exchange.Request();
        body["purpose"] = "Analytics";
        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", body)).Is(201);
        Assert.Equal("denied", denied.Value("status"));

        (await exchange.DepositAsync(denied.Value("id")!, Payloads.Goods)).IsProblem(409, "wrong_state");
    }
}
