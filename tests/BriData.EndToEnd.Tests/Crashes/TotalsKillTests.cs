using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 while persons are counted: two ledgers take part in each request, and afterwards the exporter's totals are what the
/// agreement's decisions say, no person more and none less.
/// </summary>
public sealed class TotalsKillTests
{
    private const int Rounds = 3;
    private const int Clients = 12;
    private const int Persons = 7;

    private readonly ConcurrentDictionary<string, byte> _sent = new();
    private int _answered;

    [Fact]
    public async Task Kill_WhilePersonsAreCounted_LeavesNoDrift()
    {
        await using var gateway = new GatewayProcess("--BriData:Grains:TotalsSettlePeriod=00:00:00.200");
        await gateway.StartAsync();
        Exchange exchange;
        using (var office = new Office(gateway.Address))
        {
            exchange = await Exchange.CreateOfPeopleAsync(office);
        }

        for (var round = 1; round <= Rounds; round++)
        {
            using (var office = new Office(gateway.Address))
            {
                var importer = await office.AgencyAsync(exchange.Importer);
                var enough = _answered + (40 * round);
                var clients = Enumerable.Range(0, Clients).Select(c => ClientAsync(importer, exchange, $"r{round}-c{c}")).ToArray();
                await Eventually.TrueAsync($"{enough} answers in round {round}", () => _answered >= enough, TimeSpan.FromSeconds(60), () => $"There were {_answered}.");
                gateway.Kill();
                await Task.WhenAll(clients);
            }

            await gateway.StartAsync();
        }

        using var last = new Office(gateway.Address);
        var permitted = 0;
        foreach (var key in _sent.Keys)
        {
            permitted += (await AskAsync(await last.AgencyAsync(exchange.Importer), exchange, key)).Is(201).Value("status") == "permitted" ? 1 : 0;
        }

        var auditor = await last.AuditorAsync("CN");
        var totals = await SettledAsync(auditor, exchange);
        Assert.Equal(permitted * Persons, totals.Number("general"));
        Assert.Equal((0, 0), (totals.Number("sensitive"), totals.Number("exempt")));
        Assert.Equal(_sent.Count, permitted);
    }

    private static async Task<Answer> SettledAsync(Officer auditor, Exchange exchange)
    {
        var totals = await auditor.GetAsync($"v1/agencies/{exchange.Exporter}/totals");
        for (var attempt = 0; totals.Is(200).Number("beingDecided") > 0; attempt++)
        {
            Assert.True(attempt < 2000, "A reservation stays open.");
            totals = await auditor.GetAsync($"v1/agencies/{exchange.Exporter}/totals");
        }

        return totals;
    }

    private static Task<Answer> AskAsync(Officer importer, Exchange exchange, string key)
    {
        var request = exchange.Request(key);
        request["facts"] = new JsonObject { ["subjects"] = Persons };
        return importer.PostAsync("v1/transfers", request, key);
    }

    private async Task ClientAsync(Officer importer, Exchange exchange, string name)
    {
        try
        {
            for (var n = 1; ; n++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{n}");
                _sent.TryAdd(key, 0);
                (await AskAsync(importer, exchange, key)).Is(201);
                Interlocked.Increment(ref _answered);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed. The key is asked for again after the last start.
        }
    }
}
