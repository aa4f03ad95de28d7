using System.Text;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Visibility;

/// <summary>Every role on every route of the description, against the table; a route without a row is a failure.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RouteTableTests(SharedGateway gateway)
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();
    private static int _suspended;

    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task EveryRoute_ForEveryRole_AnswersAsTheTableSays()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var asking = Asking.Of(exchange, await exchange.AskAndDepositAsync(Goods));
        var personas = await Persona.AllAsync(_office, exchange, await SuspendedAgencyAsync());
        var wrong = new StringBuilder();
        foreach (var operation in gateway.Contract!.Operations)
        {
            var expected = RouteTable.Rows.GetValueOrDefault(operation);
            var actual = new string[personas.Length];
            for (var i = 0; i < personas.Length; i++)
            {
                actual[i] = expected?[i] == "act" ? "act" : $"{(await asking.AskAsync(personas[i].Officer, operation)).Status}";
            }

            if (expected is null || !expected.SequenceEqual(actual))
            {
                wrong.AppendLine().Append($"{operation,-58}").AppendJoin(' ', actual);
            }
        }

        Assert.True(wrong.Length == 0, $"Not as the table says, columns {string.Join(' ', Persona.Names)}:{wrong}");
        Assert.Equal(gateway.Contract.Operations, RouteTable.Rows.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ThirdCountry_AnyRouteOfAnExchange_IsAnsweredAsForOneThatIsNotThere()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var hidden = Asking.Of(exchange, await exchange.AskAndDepositAsync(Goods));
        var unknown = hidden.Unknown();
        var third = await _office.AsAsync("SG/customs", "agency,approver,auditor,admin,regulator");
        var regulator = await _office.AsAsync("SG", "regulator");
        foreach (var operation in gateway.Contract!.Operations.Where(Names))
        {
            foreach (var officer in (Officer[])[third, regulator])
            {
                var (there, nowhere) = (await hidden.AskAsync(officer, operation), await unknown.AskAsync(officer, operation));

                Assert.Equal((nowhere.Status, nowhere.Code, nowhere.MediaType), (there.Status, there.Code, there.MediaType));
                Assert.Equal(Essence(nowhere, unknown), Essence(there, hidden));
            }
        }
    }

    [Fact]
    public async Task ThirdCountry_WhateverOthersDo_SeesTheSameBytes()
    {
        // Agencies are in the public register, so they are there before.
        var exchange = await Exchange.CreateAsync(_office, signed: false);
        var third = await _office.AsAsync("SG/customs", "agency,approver,auditor,admin");
        await WorldAsync(third);
        var before = await WorldAsync(third);

        await exchange.SignAsync("CN");
        await exchange.SignAsync("KZ");
        var transfer = await exchange.AskAndDepositAsync(Goods);
        (await exchange.CollectAsync(transfer)).Is(200);
        await exchange.AskAsync();
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/transfers/{transfer}")).Is(200);

        Assert.Equal(before, await WorldAsync(third));
    }

    /// <summary>True for routes that name an agreement, a transfer or its ledger.</summary>
    private static bool Names(string operation) =>
        operation.Contains("{id}", StringComparison.Ordinal)
        || operation is "GET /v1/audit/entries" or "POST /v1/transfers" or "POST /v1/transfers/preflight";

    /// <summary>A body without the name that was asked for and the trace of the request.</summary>
    private static string Essence(Answer answer, Asking asking)
    {
        var text = answer.Text.Replace(asking.Transfer, "{transfer}", StringComparison.Ordinal).Replace(asking.Agreement, "{agreement}", StringComparison.Ordinal);
        return answer.Code is null ? text : $"{answer.Code} {text[text.IndexOf("\"detail\"", StringComparison.Ordinal)..].Split("\"traceId\"")[0]}";
    }

    /// <summary>All that a country reads without naming anything, but for its own accesses.</summary>
    private static async Task<string> WorldAsync(Officer officer)
    {
        var world = new StringBuilder();
        foreach (var path in (string[])
            ["v1/countries?limit=500", "v1/countries/CN", "v1/countries/KZ", "v1/datasets?limit=500", "v1/audit/entries?limit=500", "v1/audit/export?format=csv"])
        {
            var answer = (await officer.GetAsync(path)).Is(200);
            world.AppendLine(path).AppendLine(answer.Header("ETag")).AppendLine(answer.Text);
        }

        foreach (var ledger in (await officer.GetAsync("v1/ledgers")).Is(200).List("items"))
        {
            var id = ledger.GetProperty("id").GetString()!;
            world.AppendLine(id == "access/SG" ? id : ledger.GetRawText());
            if (id != "access/SG")
            {
                world.AppendLine((await officer.GetAsync($"v1/ledgers/{id}/checkpoint")).Is(200).Text);
            }
        }

        return world.ToString();
    }

    private async Task<string> SuspendedAgencyAsync()
    {
        var agency = $"KZ/suspended-{Interlocked.Increment(ref _suspended)}";
        var admin = await _office.AdminAsync("KZ");
        (await admin.PutAsync($"v1/agencies/{agency}", Exchange.AgencyDocument())).Is(200);
        (await admin.PostAsync($"v1/agencies/{agency}/suspend")).Is(200);
        return agency;
    }
}
