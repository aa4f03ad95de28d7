using BriData.EndToEnd.Tests.Support;
using BriData.Ledger.Storage;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>The disk of a running platform fills up, and is given room again. Needs the right to mount a file system.</summary>
public sealed class FullDiskTests
{
    private const int Mebibytes = 160;

    private readonly HashSet<string> _recorded = [];

    [Fact]
    public async Task FullDisk_RefusesWithoutHalfDoingAnything_AndGoesOnWithoutARestart()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        Assert.SkipUnless(gateway.TryMountData(Mebibytes), "A file system cannot be mounted here.");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);
        var exchange = await Exchange.CreateAsync(office);
        var importer = await exchange.ImporterAsync();
        var deposited = await exchange.AskAndDepositAsync("goods\n"u8.ToArray());
        var open = await exchange.AskAsync();
        var before = await exchange.LedgerSizeAsync();

        var ballast = await FillAsync(gateway.DataDirectory);
        var refused = await AskUntilRefusedAsync(importer, exchange);

        // Whatever would leave a record is refused, an auditor's look included; what only reads is served.
        (await AskAsync(importer, exchange, refused)).IsProblem(503, "ledger_full");
        (await exchange.CollectAsync(deposited)).IsProblem(503, "ledger_full");
        (await exchange.DepositAsync(open, new byte[1 << 20])).IsProblem(503, "payload_storage_unavailable");
        (await (await office.AdminAsync("CN")).PostAsync($"v1/agencies/{exchange.Exporter}/suspend")).IsProblem(503, "ledger_full");
        Assert.Equal("permitted", await exchange.StatusAsync(open));
        foreach (var look in (string[])["v1/audit/accesses", "v1/audit/entries", $"v1/audit/transfers/{open}", "v1/audit/export", "v1/audit/export?format=csv"])
        {
            (await (await office.AuditorAsync("CN")).GetAsync(look)).IsProblem(503, "ledger_full");
        }

        File.Delete(ballast);
        Assert.Equal(before + _recorded.Count, await exchange.LedgerSizeAsync());
        _recorded.Add((await AskAsync(importer, exchange, refused)).Is(201).Value("id")!);
        Assert.Equal("goods\n"u8.ToArray(), (await exchange.CollectAsync(deposited)).Is(200).Body);
        (await exchange.DepositAsync(open, new byte[1 << 20])).Is(200);
        await Eventually.TrueAsync(
            "the index to have caught up",
            async () => (await (await office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{open}")).Is(200).List("entries").Length == 2,
            TimeSpan.FromSeconds(30));

        Assert.Equal(0, await gateway.StopAsync());
        await Ledgers.ReadOfflineAsync(gateway.DataDirectory, store => EachIsThereOnceAsync(store, exchange, [deposited, open]));
    }

    /// <summary>Leaves no room at all.</summary>
    private static async Task<string> FillAsync(string directory)
    {
        var path = Path.Combine(directory, "ballast");
        foreach (var piece in new[] { 1 << 20, 1 << 12, 1 })
        {
            try
            {
                await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                while (true)
                {
                    file.Write(new byte[piece]);
                }
            }
            catch (IOException)
            {
                // Not a piece of this size any more.
            }
        }

        return path;
    }

    private static Task<Answer> AskAsync(Officer importer, Exchange exchange, string key) => importer.PostAsync("v1/transfers", exchange.Request(key), key);

    /// <summary>The log has room of its own for a while. Returns the key of the first request that was refused.</summary>
    private async Task<string> AskUntilRefusedAsync(Officer importer, Exchange exchange)
    {
        for (var n = 0; ; n++)
        {
            Assert.True(n < 20_000, "The disk does not fill up.");
            var answer = await AskAsync(importer, exchange, $"full-{n}");
            if (answer.Status != 201)
            {
                answer.IsProblem(503, "ledger_full");
                return $"full-{n}";
            }

            _recorded.Add(answer.Value("id")!);
        }
    }

    private async Task EachIsThereOnceAsync(ILedgerStore store, Exchange exchange, string[] others)
    {
        await Ledgers.VerifyAllAsync(store);
        var requests = await Ledgers.EntriesAsync(store, exchange.Ledger, "transfer.requested");
        Assert.Equal(_recorded.Concat(others).Order(StringComparer.Ordinal), requests.Select(r => r.GetProperty("transfer").GetString()!).Order(StringComparer.Ordinal));
    }
}
