using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agencies;

/// <summary>A suspension governs whatever starts after the call that declared it returned (I4).</summary>
[Collection(GatewayGroup.Name)]
public sealed class SuspensionTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Suspend_Agency_ItsTokenIsRefusedAtOnceOnEveryRoute()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        var officer = await _office.AsAsync(exchange.Exporter, "agency,approver,auditor,admin");
        (await officer.GetAsync($"v1/transfers/{id}")).Is(200);

        await SuspendAsync(exchange.Exporter);

        string[] reads =
        [
            "v1/countries", "v1/countries/CN", "v1/countries/CN/classification-scheme", "v1/countries/CN/rule-packs", "v1/countries/CN/rule-packs/2026.1",
            $"v1/agencies/{exchange.Exporter}", "v1/datasets", $"v1/agreements/{exchange.Agreement}", "v1/agreements/cn-kz-customs",
            $"v1/transfers/{id}", $"v1/transfers/{id}/payload", $"v1/transfers/{id}/receipt",
            "v1/audit/entries", $"v1/audit/transfers/{id}", "v1/ledgers", $"v1/ledgers/{exchange.Ledger}/checkpoint",
        ];
        foreach (var path in reads)
        {
            (await officer.GetAsync(path)).IsProblem(403, "agency_suspended");
        }

        string[] posts =
        [
            "v1/transfers", "v1/transfers/preflight", $"v1/agreements/{exchange.Agreement}/suspend", $"v1/agreements/{exchange.Agreement}/signatures",
            $"v1/agencies/{exchange.Exporter}/resume", "v1/agencies/CN/cert/suspend",
            .. new[] { "approve", "reject", "withdraw", "accept", "refuse" }.Select(act => $"v1/transfers/{id}/{act}"),
        ];
        foreach (var path in posts)
        {
            (await officer.PostAsync(path, path.StartsWith("v1/transfers", StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal) ? exchange.Request() : null)).IsProblem(403, "agency_suspended");
        }

        (await officer.PutAsync($"v1/datasets/{exchange.DataSet}", Exchange.GoodsDocument())).IsProblem(403, "agency_suspended");
        (await officer.PutAsync($"v1/agencies/{exchange.Exporter}", Exchange.AgencyDocument())).IsProblem(403, "agency_suspended");
        (await officer.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(Goods, null))).IsProblem(403, "agency_suspended");
        (await officer.PostAsync("v1/agreements", exchange.Terms())).IsProblem(403, "agency_suspended");
    }

    [Fact]
    public async Task Suspend_Exporter_OpenTransfersOfTheCounterpartyStop()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var deposited = await exchange.AskAndDepositAsync(Goods);
        var delivered = await exchange.AskAndDepositAsync(Goods);
        (await exchange.CollectAsync(delivered)).Is(200);

        await SuspendAsync(exchange.Exporter);

        (await exchange.CollectAsync(deposited)).IsProblem(409, "transfer_stopped");
        (await exchange.CollectAsync(delivered)).IsProblem(409, "transfer_stopped");
        Assert.Equal("stopped", await exchange.StatusAsync(deposited));
        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);
        Assert.Equal("denied", denied.Value("status"));
        Assert.Equal("AGENCY_SUSPENDED", denied.Value("decision", "code"));
    }

    [Fact]
    public async Task Suspend_Importer_TheExportersDepositStops()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();

        await SuspendAsync(exchange.Importer);

        (await exchange.DepositAsync(id, Goods)).IsProblem(409, "transfer_stopped");
        Assert.Equal("stopped", await exchange.StatusAsync(id));
    }

    [Fact]
    public async Task Resume_Agency_SpeaksAgainAndWhatWasStoppedStaysStopped()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        await SuspendAsync(exchange.Exporter);
        (await exchange.CollectAsync(id)).IsProblem(409, "transfer_stopped");

        var resumed = (await (await _office.AdminAsync("CN")).PostAsync($"v1/agencies/{exchange.Exporter}/resume")).Is(200);

        Assert.Equal("false", resumed.Value("suspended"));
        (await (await exchange.ExporterAsync()).GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200);
        (await exchange.CollectAsync(id)).IsProblem(409, "wrong_state");
        Assert.Equal(Goods, (await exchange.CollectAsync(await exchange.AskAndDepositAsync(Goods))).Is(200).Body);
    }

    [Fact]
    public async Task SuspendOrResume_Twice_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var admin = await _office.AdminAsync("CN");

        (await admin.PostAsync($"v1/agencies/{exchange.Exporter}/resume")).IsProblem(409, "wrong_state");
        await SuspendAsync(exchange.Exporter);
        (await admin.PostAsync($"v1/agencies/{exchange.Exporter}/suspend")).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Suspend_Agency_OthersOfItsCountryGoOn()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await SuspendAsync(exchange.Exporter);

        (await (await _office.AgencyAsync("CN/cert")).GetAsync("v1/datasets")).Is(200);
    }

    private async Task SuspendAsync(string agency)
    {
        var suspended = (await (await _office.AdminAsync(agency[..2])).PostAsync($"v1/agencies/{agency}/suspend")).Is(200);
        Assert.Equal("true", suspended.Value("suspended"));
    }
}
