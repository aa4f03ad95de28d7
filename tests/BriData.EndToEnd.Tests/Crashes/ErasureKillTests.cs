using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BriData.EndToEnd.Tests.Support;
using Microsoft.Data.Sqlite;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 after an erasure was recorded and before a key was touched: the next start destroys what the record names, and then
/// no file holds a byte run of the texts, the payload or the keys (I8).
/// </summary>
public sealed class ErasureKillTests
{
    private const string Basis = "Customs Code, article 7, asked by Aigerim Bekova";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_BetweenRecordAndDestruction_IsFinishedByTheNextStart()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();
        var content = RandomNumberGenerator.GetBytes(100_000);
        var text = Encoding.UTF8.GetBytes("Aigerim Bekova");
        Exchange exchange;
        string id;
        List<byte[]> wrapped;
        byte[][] secrets;
        using (var office = new Office(gateway.Address))
        {
            exchange = await Exchange.CreateAsync(office);
            id = await AcceptedAsync(exchange, content);
            var kept = await AcceptedAsync(exchange, content);
            wrapped = StoredKeys.Wrapped(gateway.DataDirectory, await StoredKeys.OfAsync(office, id));
            secrets = [.. (await StoredKeys.OfAsync(office, id)).Select(k => Convert.FromHexString(StoredKeys.SecretOf(gateway.DataDirectory, k)))];
            Assert.Equal(2, wrapped.Count);
            Assert.All(wrapped, w => Assert.NotEmpty(DataFiles.Holding(gateway.DataDirectory, w)));
            Assert.Empty(DataFiles.Holding(gateway.DataDirectory, [text, content[..24], .. secrets]));

            await using (await LockAsync(gateway.DataDirectory))
            {
                (await (await exchange.ExporterAsync()).PostAsync($"v1/transfers/{id}/erase")).IsProblem(503, "erasure_pending");
                Assert.Equal("erasing", await exchange.StatusAsync(id));
                (await exchange.CollectAsync(id)).IsProblem(410, "payload_erased");
                gateway.Kill();
            }

            Assert.NotEqual(id, kept);
        }

        Assert.All(wrapped, w => Assert.NotEmpty(DataFiles.Holding(gateway.DataDirectory, w)));

        // Nobody asks for the agreement: the start itself finishes.
        await gateway.StartAsync();
        await Eventually.TrueAsync("the keys to be destroyed", () => DataFiles.Holding(gateway.DataDirectory, [.. wrapped]).Count == 0, Deadline);

        using (var office = new Office(gateway.Address))
        {
            await Eventually.TrueAsync("the erasure to be finished on record", async () => (await StoredKeys.TrailAsync(office, id)).Any(e => KindOf(e) == "erasure.completed"), Deadline);
            Assert.Equal("erased", (await (await office.AdminAsync("KZ")).GetAsync($"v1/transfers/{id}")).Is(200).Value("status"));
        }

        await gateway.StopAsync();
        Assert.Empty(DataFiles.Holding(gateway.DataDirectory, [text, content[..24], .. secrets, .. wrapped.Select(w => w[..16]), .. wrapped.Select(w => w[^16..])]));
        await Ledgers.ReadOfflineAsync(gateway.DataDirectory, async store =>
        {
            await Ledgers.VerifyAllAsync(store);
            Assert.Single(await Ledgers.EntriesAsync(store, exchange.Ledger, "transfer.erased"));
            Assert.Single(await Ledgers.EntriesAsync(store, exchange.Ledger, "erasure.completed"));
        });
        Assert.Equal(2, Directory.GetFiles(Path.Combine(gateway.DataDirectory, "payloads", "CN", "objects")).Length);
    }

    private static async Task<string> AcceptedAsync(Exchange exchange, byte[] content)
    {
        var importer = await exchange.ImporterAsync();
        var id = (await importer.PostAsync("v1/transfers", exchange.Request(Basis))).Is(201).Value("id")!;
        (await exchange.DepositAsync(id, content)).Is(200);
        Assert.Equal(content, (await exchange.CollectAsync(id)).Is(200).Body);
        (await importer.PostAsync($"v1/transfers/{id}/accept")).Is(200);
        return id;
    }

    private static string? KindOf(JsonElement entry) => entry.GetProperty("kind").GetString();

    /// <summary>Holds the write lock of the keys, as a backup that hangs does.</summary>
    private static async Task<SqliteConnection> LockAsync(string dataDirectory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "keys.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
