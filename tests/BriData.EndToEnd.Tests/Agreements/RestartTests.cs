using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agreements;

/// <summary>What a restart must give back: everything, made again from the ledgers alone.</summary>
public sealed class RestartTests
{
    private static readonly byte[] Goods = "goods\n"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_AfterStopOrKill_EverythingGoesOnWhereItWas(bool kill)
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);
        var exchange = await Exchange.CreateAsync(office, change: WithEveryOptionalPart);
        await exchange.GradeAsync("important");
        var (open, deposited, closed) = (await exchange.AskAsync(), await exchange.AskAndDepositAsync(Goods), await exchange.AskAsync());
        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{closed}/withdraw")).Is(200);
        string[] paths =
        [
            $"v1/agreements/{exchange.Agreement}", $"v1/agencies/{exchange.Exporter}", "v1/datasets?limit=500", "v1/countries/CN",
            $"v1/transfers/{open}", $"v1/transfers/{deposited}", $"v1/transfers/{closed}",
        ];
        var before = await ReadAsync(exchange, paths);

        if (kill)
        {
            gateway.Kill();
        }
        else
        {
            Assert.Equal(0, await gateway.StopAsync());
        }

        await gateway.StartAsync();

        Assert.Equal(before, await ReadAsync(exchange, paths));
        Assert.Equal(Goods, (await exchange.CollectAsync(deposited)).Is(200).Body);
        (await exchange.DepositAsync(open, Goods)).Is(200);
        Assert.Equal($"{exchange.Agreement}:4", await exchange.AskAsync());
        Assert.DoesNotContain(gateway.Output, l => l.Contains("cannot be read", StringComparison.Ordinal));
    }

    // What the terms leave out must be read back from the ledger as it was.
    private static void WithEveryOptionalPart(JsonObject terms)
    {
        Exchange.WithSecurityAssessment(terms);
        terms["recognitions"] = new JsonArray(new JsonObject { ["country"] = "CN", ["mark"] = "internal", ["level"] = "internal", ["from"] = "2026-01-01" });
        terms["validTo"] = "2036-01-01";
        terms["maxPayloadBytes"] = 1_000;
    }

    private static async Task<List<string>> ReadAsync(Exchange exchange, string[] paths)
    {
        var importer = await exchange.ImporterAsync();
        var answers = new List<string>();
        foreach (var path in paths)
        {
            answers.Add((await importer.GetAsync(path)).Is(200).Text);
        }

        return answers;
    }
}
