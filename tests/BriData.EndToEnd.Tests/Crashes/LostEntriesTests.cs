using BriData.EndToEnd.Tests.Support;
using Microsoft.Data.Sqlite;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// What is left of the ledgers is sound in itself, but a ledger has lost its name or its last entries: whoever may be missing
/// something is refused, exchanges on the other ledgers go on.
/// </summary>
public sealed class LostEntriesTests
{
    private const string Corrupt = "ledger_corrupt";
    private const string Damaged = "agreement/cn-kz-customs";
    private const string Status = "operator/audit-index";

    [Fact]
    public async Task NamelessLedger_IsToldByTheIndexAndOtherwiseByNobody()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);
        var healthy = await Exchange.CreateAsync(office);
        foreach (var country in new[] { "SG", "KZ", "CN" })
        {
            // What is read is recorded, and no ledger is begun while one is nameless.
            (await (await office.AuditorAsync(country)).GetAsync("v1/audit/entries")).Is(200);
        }

        gateway.Kill();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(gateway.DataDirectory, "ledger.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE ledgers SET name = 'nonsense' WHERE name = '{Damaged}'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await gateway.StartAsync();
        Assert.Contains(gateway.Output, line => line.Contains("A ledger has lost its name", StringComparison.Ordinal));
        (await office.Anonymous.SendAsync(HttpMethod.Post, $"{Status}/rebuild", null)).Is(202);
        await Eventually.TrueAsync("the rebuild ends", async () => (await RebuildAsync(office)).Value("rebuild", "state") != "running", TimeSpan.FromSeconds(60));
        var rebuild = await RebuildAsync(office);
        Assert.Equal("failed", rebuild.Value("rebuild", "state"));
        Assert.Contains(Damaged, rebuild.Value("rebuild", "problem"), StringComparison.Ordinal);
        await AssertServedAsync(office, "SG");
        await AssertRefusedAsync(office, "KZ");
        await AssertListsRefusedAsync(office);
        await AssertGoesOnAsync(healthy);

        gateway.Kill();
        DeleteIndex(gateway);
        await gateway.StartAsync();
        foreach (var country in new[] { "SG", "KZ", "CN" })
        {
            var refusal = await AssertRefusedAsync(office, country);
            Assert.DoesNotContain(refusal, answer => answer.Text.Contains("agreement/", StringComparison.Ordinal) || answer.Text.Contains("nonsense", StringComparison.Ordinal));
            (await (await office.AuditorAsync(country)).GetAsync("v1/ledgers")).IsProblem(503, Corrupt);
        }

        await AssertListsRefusedAsync(office);
        await AssertGoesOnAsync(healthy);
    }

    [Fact]
    public async Task LedgerThatHasLostItsLastEntries_IsRefusedToItsPartiesThoughTheIndexWasBegunSince()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);
        var (healthy, shortened) = (await Exchange.CreateAsync(office), await Exchange.CreateAsync(office));

        // Stopped, so that all of it is in one file.
        await gateway.StopAsync();
        var file = Path.Combine(gateway.DataDirectory, "ledger.db");
        File.Copy(file, file + ".older");
        await gateway.StartAsync();
        (await (await office.AgencyAsync(shortened.Importer)).PostAsync("v1/transfers", shortened.Request())).Is(201);
        await gateway.StopAsync();
        File.Move(file + ".older", file, overwrite: true);
        DeleteIndex(gateway);

        await gateway.StartAsync();

        Assert.Contains(gateway.Output, line => line.Contains($"LEDGER {shortened.Ledger} IS DAMAGED", StringComparison.Ordinal));
        await AssertServedAsync(office, "SG");
        Assert.All(await AssertRefusedAsync(office, "KZ"), answer => Assert.Contains(shortened.Ledger, answer.Text, StringComparison.Ordinal));
        await AssertGoesOnAsync(healthy);
    }

    private static async Task AssertServedAsync(Office office, string country)
    {
        var auditor = await office.AuditorAsync(country);
        Assert.NotEmpty((await auditor.GetAsync("v1/audit/entries")).Is(200).List("items"));
        (await auditor.GetAsync("v1/audit/export?format=csv")).Is(200);
        (await auditor.GetAsync("v1/ledgers")).Is(200);
    }

    private static async Task<List<Answer>> AssertRefusedAsync(Office office, string country)
    {
        var auditor = await office.AuditorAsync(country);
        var answers = new List<Answer>();
        foreach (var look in new[] { "v1/audit/entries", "v1/audit/export", "v1/audit/transfers/cn-kz-customs:1" })
        {
            answers.Add((await auditor.GetAsync(look)).IsProblem(503, Corrupt));
        }

        return answers;
    }

    /// <summary>A country might be missing, and nobody is told whose.</summary>
    private static async Task AssertListsRefusedAsync(Office office)
    {
        var officer = await office.AgencyAsync("KZ/customs");
        foreach (var list in new[] { "v1/countries", "v1/datasets" })
        {
            Assert.DoesNotContain("nonsense", (await officer.GetAsync(list)).IsProblem(503, Corrupt).Text, StringComparison.Ordinal);
        }
    }

    private static async Task AssertGoesOnAsync(Exchange exchange)
    {
        var importer = await exchange.ImporterAsync();
        var id = (await importer.PostAsync("v1/transfers", exchange.Request())).Is(201).Value("id");
        (await importer.GetAsync($"v1/transfers/{id}")).Is(200);
        (await importer.GetAsync($"v1/transfers/{id}/receipt")).Is(200);
    }

    private static async Task<Answer> RebuildAsync(Office office) => (await office.Anonymous.GetAsync(Status)).Is(200);

    private static void DeleteIndex(GatewayProcess gateway)
    {
        var indexes = Directory.GetFiles(gateway.DataDirectory, "audit-*");
        Assert.NotEmpty(indexes);
        Array.ForEach(indexes, File.Delete);
    }
}
