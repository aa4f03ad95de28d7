using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agreements;

/// <summary>An agreement from its draft to its end.</summary>
[Collection(GatewayGroup.Name)]
public sealed class LegalLifeTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Draft_WithoutOptionalParts_IsAnsweredWithTheWholeDocument()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);

        var read = (await (await _office.AdminAsync("KZ")).GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200);

        Assert.Equal("draft", read.Value("status"));
        Assert.Empty(read.List("recognitions"));
        Assert.Empty(read.List("mechanisms"));
        Assert.Empty(read.List("signedBy"));
        Assert.Equal(30, read.Number("transferValidDays"));
    }

    [Fact]
    public async Task Draft_WithoutALastDay_IsOpenEnded()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false, change: t => t.Remove("validTo"));

        Assert.Null((await (await _office.AdminAsync("KZ")).GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200).Value("validTo"));
    }

    [Fact]
    public async Task Sign_OneParty_IsNotYetInForce()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);

        var signed = await exchange.SignAsync("CN");

        Assert.Equal("draft", signed.Value("status"));
        Assert.Equal(["CN"], signed.List("signedBy").Select(c => c.GetString()));
        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).IsProblem(409, "agreement_not_in_force");
    }

    [Fact]
    public async Task Sign_SamePartyTwice_CountsOnce()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        await exchange.SignAsync("CN");

        (await (await _office.AdminAsync("CN", "another-administrator")).PostAsync($"v1/agreements/{exchange.Agreement}/signatures")).IsProblem(409, "already_signed");

        Assert.Equal("draft", (await (await _office.AdminAsync("KZ")).GetAsync($"v1/agreements/{exchange.Agreement}")).Is(200).Value("status"));
    }

    [Fact]
    public async Task Sign_EveryParty_BringsItIntoForce()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        await exchange.SignAsync("KZ");

        var signed = await exchange.SignAsync("CN");

        Assert.Equal("inForce", signed.Value("status"));
        await exchange.AskAsync();
    }

    [Fact]
    public async Task Sign_ThreeParties_NeedsAllThree()
    {
        var exchange = await Exchange.CreateAsync(_office, signed: false, change: t => t["parties"] = new JsonArray("CN", "KZ", "SG"));
        await exchange.SignAsync("CN");
        Assert.Equal("draft", (await exchange.SignAsync("KZ")).Value("status"));
        Assert.Equal("inForce", (await exchange.SignAsync("SG")).Value("status"));
    }

    [Fact]
    public async Task Suspend_ByOneParty_StopsEverythingUntilThatPartyResumes()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var open = await exchange.AskAsync();
        var deposited = await exchange.AskAndDepositAsync(Goods);

        Assert.Equal("suspended", (await ActAsync("KZ", exchange, "suspend")).Is(200).Value("status"));

        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).IsProblem(409, "agreement_not_in_force");
        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers/preflight", exchange.Request())).IsProblem(409, "agreement_not_in_force");
        (await exchange.DepositAsync(open, Goods)).IsProblem(409, "agreement_not_in_force");
        (await exchange.CollectAsync(deposited)).IsProblem(409, "agreement_not_in_force");
        (await ActAsync("KZ", exchange, "suspend")).IsProblem(409, "wrong_state");
        (await ActAsync("CN", exchange, "resume")).IsProblem(409, "wrong_state");

        Assert.Equal("inForce", (await ActAsync("KZ", exchange, "resume")).Is(200).Value("status"));
        Assert.Equal(Goods, (await exchange.CollectAsync(deposited)).Is(200).Body);
        (await exchange.DepositAsync(open, Goods)).Is(200);
    }

    [Fact]
    public async Task Suspend_ByBothParties_NeedsBothToResume()
    {
        var exchange = await Exchange.CreateAsync(_office);
        (await ActAsync("KZ", exchange, "suspend")).Is(200);
        (await ActAsync("CN", exchange, "suspend")).Is(200);

        Assert.Equal("suspended", (await ActAsync("KZ", exchange, "resume")).Is(200).Value("status"));
        Assert.Equal("inForce", (await ActAsync("CN", exchange, "resume")).Is(200).Value("status"));
    }

    [Fact]
    public async Task Terminate_ByOneParty_EndsItForGoodAndStopsOpenTransfers()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var open = await exchange.AskAndDepositAsync(Goods);

        Assert.Equal("terminated", (await ActAsync("CN", exchange, "terminate")).Is(200).Value("status"));

        Assert.Equal("stopped", await exchange.StatusAsync(open));
        (await exchange.CollectAsync(open)).IsProblem(409, "agreement_not_in_force");
        (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).IsProblem(409, "agreement_not_in_force");
        (await ActAsync("KZ", exchange, "resume")).IsProblem(409, "wrong_state");
        (await ActAsync("KZ", exchange, "suspend")).IsProblem(409, "wrong_state");
        (await ActAsync("KZ", exchange, "terminate")).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Change_ByNoAdministratorOrNoParty_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);

        (await (await exchange.ImporterAsync()).PostAsync($"v1/agreements/{exchange.Agreement}/terminate")).IsProblem(403, "role_missing");
        (await ActAsync("SG", exchange, "terminate")).IsProblem(404, "unknown_agreement");
    }

    [Fact]
    public async Task Create_BeforeOrAfterItsDays_IsDenied()
    {
        var over = await Exchange.CreateAsync(_office, change: t => t["validTo"] = "2026-01-31");
        var denied = (await (await over.ImporterAsync()).PostAsync("v1/transfers", over.Request())).Is(201);
        Assert.Equal("AGREEMENT_NOT_VALID", denied.Value("decision", "code"));

        var notYet = await Exchange.CreateAsync(_office, change: t => t["validFrom"] = "2999-01-01");
        denied = (await (await notYet.ImporterAsync()).PostAsync("v1/transfers", notYet.Request())).Is(201);
        Assert.Equal("AGREEMENT_NOT_VALID", denied.Value("decision", "code"));
    }

    [Fact]
    public async Task Create_MoreThanTheGrantAllowsInAYear_IsDenied()
    {
        var exchange = await Exchange.CreateAsync(_office, change: t => t["grants"]![0]!["transfersPerYear"] = 2);
        await exchange.AskAsync();
        await exchange.AskAsync();

        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", exchange.Request())).Is(201);

        Assert.Equal("QUOTA_EXCEEDED", denied.Value("decision", "code"));
    }

    [Fact]
    public async Task Create_MechanismOnRecord_MakesLawfulWhatNeedsIt()
    {
        var without = await Exchange.CreateAsync(_office);
        await without.GradeAsync("important");
        var denied = (await (await without.ImporterAsync()).PostAsync("v1/transfers", without.Request())).Is(201);
        Assert.Equal("MECHANISM_MISSING", denied.Value("decision", "code"));

        var with = await Exchange.CreateAsync(_office, change: Exchange.WithSecurityAssessment);
        await with.GradeAsync("important");
        await with.AskAsync();
    }

    private async Task<Answer> ActAsync(string country, Exchange exchange, string act) =>
        await (await _office.AdminAsync(country)).PostAsync($"v1/agreements/{exchange.Agreement}/{act}", new JsonObject { ["reason"] = "a test" });
}
