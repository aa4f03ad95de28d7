using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Storage;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>kill -9 in the middle of load: nothing acknowledged is lost, nothing happens twice (I1, I2, I5).</summary>
public sealed class KillTests
{
    private const int Rounds = 4;
    private const int Clients = 24;
    private const int Seed = 20_261_123;
    private const string Ledger = "agreement/cn-kz-customs";

    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Answer> _acknowledged = new();
    private readonly ConcurrentDictionary<string, byte> _sent = new();
    private readonly ConcurrentDictionary<string, string> _deposited = new();

    [Fact]
    public async Task Kill_InTheMiddleOfLoad_LosesNothingAcknowledgedAndRepeatsNothing()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();
        var random = new Random(Seed);
        for (var round = 1; round <= Rounds; round++)
        {
            using (var office = new Office(gateway.Address))
            {
                await LoadUntilKilledAsync(gateway, office, round, _acknowledged.Count + random.Next(20, 400));
            }

            await gateway.StartAsync();
            using (var office = new Office(gateway.Address))
            {
                await EverythingAcknowledgedIsThereAsync(office);
                await WhatWasNotAnsweredCanBeRepeatedAsync(office);
            }
        }

        Assert.Equal(0, await gateway.StopAsync());
        await Ledgers.ReadOfflineAsync(gateway.DataDirectory, LedgersAreWholeAsync);
    }

    private static string Body(string key) =>
        $$$"""{"agreement":"cn-kz-customs","dataset":"CN/customs/declarations","purpose":"InternationalTrade","legalBasis":"basis of {{{key}}}","facts":{}}""";

    private static byte[] Payload(string key) => Encoding.UTF8.GetBytes($"payload of {key}\n");

    private static Task<Answer> CreateAsync(Officer officer, string key) =>
        officer.SendAsync(HttpMethod.Post, "v1/transfers", Officer.Content(Body(key), "application/json"), ("Idempotency-Key", key));

    private async Task LoadUntilKilledAsync(GatewayProcess gateway, Office office, int round, int acknowledgements)
    {
        var importer = await office.AgencyAsync("KZ/customs");
        var exporter = await office.AgencyAsync("CN/customs");
        var clients = Enumerable.Range(0, Clients).Select(client => ClientAsync(importer, exporter, $"r{round}-c{client}", deposits: client % 4 == 0)).ToArray();
        await Eventually.TrueAsync(
            $"{acknowledgements} acknowledged transfers in round {round}", () => _acknowledged.Count >= acknowledgements, LoadDeadline, () => $"There were {_acknowledged.Count}.");
        gateway.Kill();
        await Task.WhenAll(clients);
    }

    /// <summary>Creates transfers, one after the other, until the gateway is gone.</summary>
    private async Task ClientAsync(Officer importer, Officer exporter, string name, bool deposits)
    {
        try
        {
            for (var n = 1; ; n++)
            {
                var key = $"{name}-{n}";
                _sent.TryAdd(key, 0);
                var created = (await CreateAsync(importer, key)).Is(201);
                _acknowledged.TryAdd(key, created);
                if (deposits)
                {
                    var id = created.Value("id")!;
                    (await exporter.SendAsync(HttpMethod.Put, $"v1/transfers/{id}/payload", Officer.Content(Payload(key), "text/csv"))).Is(200);
                    _deposited.TryAdd(id, key);
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed. What was sent last is neither known to be done nor known not to be.
        }
    }

    private async Task EverythingAcknowledgedIsThereAsync(Office office)
    {
        var importer = await office.AgencyAsync("KZ/customs");
        await Parallel.ForEachAsync(_acknowledged, async (known, _) =>
        {
            var (key, first) = known;
            var again = (await CreateAsync(importer, key)).Is(201);
            Assert.Equal(first.Text, again.Text);
            var read = (await importer.GetAsync($"v1/transfers/{first.Value("id")}")).Is(200);
            Assert.Equal(first.Value("id"), read.Value("id"));
            Assert.Equal(first.Value("decision"), read.Value("decision"));
            Assert.Equal(first.Value("receipt"), read.Value("receipt"));
        });
        await Parallel.ForEachAsync(_deposited.Take(20), async (known, _) =>
        {
            var (id, key) = known;
            var read = (await importer.GetAsync($"v1/transfers/{id}")).Is(200);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Payload(key))), read.Value("payload", "sha256"));
            Assert.Equal(Payload(key), (await importer.GetAsync($"v1/transfers/{id}/payload")).Is(200).Body);
        });
    }

    private async Task WhatWasNotAnsweredCanBeRepeatedAsync(Office office)
    {
        var importer = await office.AgencyAsync("KZ/customs");
        foreach (var key in _sent.Keys.Where(k => !_acknowledged.ContainsKey(k)).ToArray())
        {
            _acknowledged.TryAdd(key, (await CreateAsync(importer, key)).Is(201));
        }
    }

    private async Task LedgersAreWholeAsync(ILedgerStore store)
    {
        await Ledgers.VerifyAllAsync(store);
        var requests = await Ledgers.EntriesAsync(store, Ledger, "transfer.requested");
        Assert.Equal(Enumerable.Range(1, requests.Count).Select(n => (long)n), requests.Select(r => r.GetProperty("data").GetProperty("number").GetInt64()));

        // Each key asks for something else, so an entry's fingerprint tells the key. The first start made two entries of its own.
        const int ofTheFirstStart = 2;
        Assert.Equal(_sent.Count + ofTheFirstStart, requests.Count);
        Assert.Equal(requests.Count, requests.Select(r => r.GetProperty("op").GetString()).Distinct().Count());
        Assert.Equal(
            _sent.Count,
            _acknowledged.Values.Select(a => a.Value("id")).Distinct().Count());
    }
}
