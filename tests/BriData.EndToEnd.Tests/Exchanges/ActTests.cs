using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Exchanges;

/// <summary>What persons do to a transfer: approve, reject, withdraw, accept, refuse.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ActTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Approve_ByAnApproverOfTheNamedCountry_ReleasesTheTransfer()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");
        (await exchange.DepositAsync(id, Goods)).IsProblem(409, "wrong_state");

        var approved = (await (await _office.ApproverAsync("CN")).PostAsync($"v1/transfers/{id}/approve", Reason("in order"))).Is(200);

        Assert.Equal("approved", approved.Value("status"));
        Assert.Empty(approved.List("approvalsPending"));
        (await exchange.DepositAsync(id, Goods)).Is(200);
        Assert.Equal(Goods, (await exchange.CollectAsync(id)).Is(200).Body);
    }

    [Fact]
    public async Task Approve_ByTheOtherCountry_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");

        (await (await _office.ApproverAsync("KZ")).PostAsync($"v1/transfers/{id}/approve")).IsProblem(403, "not_your_country");
        (await (await _office.ApproverAsync("SG")).PostAsync($"v1/transfers/{id}/approve")).IsProblem(404, "unknown_transfer");

        Assert.Equal("pendingApproval", await exchange.StatusAsync(id));
    }

    [Fact]
    public async Task Approve_WithoutTheRole_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");

        (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/approve")).IsProblem(403, "role_missing");
        (await (await _office.AdminAsync("CN")).PostAsync($"v1/transfers/{id}/approve")).IsProblem(403, "role_missing");
    }

    [Fact]
    public async Task Approve_ByTheOfficerWhoAsked_NeedsASecondPerson()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var body = exchange.Request();
        body["importer"] = exchange.Importer;
        var both = await _office.AsAsync(exchange.Exporter, "agency,approver", "one-person");
        var id = (await both.PostAsync("v1/transfers", body)).Is(201).Value("id")!;

        (await both.PostAsync($"v1/transfers/{id}/approve")).IsProblem(403, "second_person_needed");
        (await (await _office.ApproverAsync("CN", "one-person")).PostAsync($"v1/transfers/{id}/approve")).IsProblem(403, "second_person_needed");

        Assert.Equal("pendingApproval", await exchange.StatusAsync(id));
        (await (await _office.ApproverAsync("CN", "second-person")).PostAsync($"v1/transfers/{id}/approve")).Is(200);
    }

    [Fact]
    public async Task Approve_WhatWaitsForNobody_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();

        (await (await _office.ApproverAsync("CN")).PostAsync($"v1/transfers/{id}/approve")).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Reject_ByAnApprover_ClosesTheTransfer()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");
        var approver = await _office.ApproverAsync("CN");

        Assert.Equal("rejected", (await approver.PostAsync($"v1/transfers/{id}/reject", Reason("not now"))).Is(200).Value("status"));

        (await approver.PostAsync($"v1/transfers/{id}/approve")).IsProblem(409, "wrong_state");
        (await exchange.DepositAsync(id, Goods)).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Create_SampleThreatList_WaitsForTheExportersApprover()
    {
        var body = new JsonObject
        {
            ["agreement"] = "cn-kz-customs",
            ["dataset"] = "CN/cert/known-exploited-vulnerabilities",
            ["purpose"] = "ThreatIntelSharing",
            ["facts"] = new JsonObject(),
        };

        var asked = (await (await _office.AgencyAsync("KZ/cert")).PostAsync("v1/transfers", body)).Is(201);

        Assert.Equal("pendingApproval", asked.Value("status"));
        Assert.Equal("ApprovalRequired", asked.Value("decision", "outcome"));
        var approved = (await (await _office.ApproverAsync("CN")).PostAsync($"v1/transfers/{asked.Value("id")}/approve")).Is(200);
        Assert.Equal("approved", approved.Value("status"));
    }

    [Fact]
    public async Task Withdraw_ByTheAgencyThatAsked_ClosesTheTransfer()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);

        (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/withdraw")).IsProblem(403, "not_your_agency");
        Assert.Equal("withdrawn", (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/withdraw")).Is(200).Value("status"));

        (await exchange.CollectAsync(id)).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Withdraw_AfterDelivery_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        (await exchange.CollectAsync(id)).Is(200);

        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/withdraw")).IsProblem(409, "wrong_state");
    }

    [Fact]
    public async Task Refuse_AfterDelivery_ClosesTheTransfer()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);
        (await exchange.CollectAsync(id)).Is(200);

        var refused = (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/refuse", Reason("not what was agreed"))).Is(200);

        Assert.Equal("refusedByRecipient", refused.Value("status"));
        (await exchange.CollectAsync(id)).IsProblem(409, "wrong_state");
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("refuse")]
    public async Task AcceptOrRefuse_OutOfTurnOrByTheExporter_IsRefused(string act)
    {
        var exchange = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAndDepositAsync(Goods);

        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/{act}")).IsProblem(409, "wrong_state");
        (await exchange.CollectAsync(id)).Is(200);
        (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/{act}")).IsProblem(403, "not_your_agency");
        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/{act}")).Is(200);
        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/{act}")).IsProblem(409, "wrong_state");
    }

    private static JsonObject Reason(string text) => new() { ["reason"] = text };
}
