using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;
using Microsoft.Data.Sqlite;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>A single byte of a stored ledger is changed while the platform is stopped.</summary>
public sealed class DamageTests
{
    private const string Flip = """
        UPDATE entries SET body = CAST(substr(body, 1, 20) || X'00' || substr(body, 22) AS BLOB)
        WHERE idx = $index AND ledger = (SELECT id FROM ledgers WHERE name = $ledger)
        """;

    [Fact]
    public async Task Start_AfterOneByteOfALedgerChanged_RefusesThatLedgerAndServesTheOthers()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();
        await gateway.StopAsync();
        Assert.Equal(1, Damage(Path.Combine(gateway.DataDirectory, "ledger.db"), "agreement/cn-kz-customs", 10));

        await gateway.StartAsync();

        using var office = new Office(gateway.Address);
        var officer = await office.AgencyAsync("KZ/customs");
        var request = new JsonObject { ["agreement"] = "cn-kz-customs", ["dataset"] = "CN/customs/declarations", ["purpose"] = "InternationalTrade" };
        Assert.Contains(gateway.Output, line => line.Contains("agreement/cn-kz-customs DOES NOT VERIFY", StringComparison.Ordinal));
        (await officer.GetAsync("v1/transfers/cn-kz-customs:1")).IsProblem(503, "ledger_corrupt");
        (await officer.PostAsync("v1/transfers", request)).IsProblem(503, "ledger_corrupt");
        (await (await office.AdminAsync("CN")).PutAsync("v1/agencies/CN/archive", Exchange.AgencyDocument())).Is(200);
    }

    /// <summary>What is wrong with a ledger is for its parties to know: to others it neither is there nor in their way.</summary>
    [Fact]
    public async Task Search_OverADamagedLedger_IsRefusedToItsPartiesAlone()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();

        // With no chance to write snapshots: nothing but the ledger tells whose the agreement is.
        gateway.Kill();
        Assert.Equal(1, Damage(Path.Combine(gateway.DataDirectory, "ledger.db"), "agreement/cn-kz-customs", 10));
        var indexes = Directory.GetFiles(gateway.DataDirectory, "audit-*");
        Assert.NotEmpty(indexes);
        Array.ForEach(indexes, File.Delete);

        await gateway.StartAsync();

        using var office = new Office(gateway.Address);
        var (outsider, party) = (await office.AuditorAsync("SG"), await office.AuditorAsync("KZ"));
        Assert.NotEmpty((await outsider.GetAsync("v1/audit/entries")).Is(200).List("items"));
        (await outsider.GetAsync("v1/audit/export?format=csv")).Is(200);
        (await outsider.GetAsync("v1/audit/transfers/cn-kz-customs:1")).IsProblem(404, "unknown_transfer");
        (await outsider.GetAsync("v1/agreements/cn-kz-customs")).IsProblem(404, "unknown_agreement");
        (await outsider.GetAsync("v1/transfers/cn-kz-customs:1")).IsProblem(404, "unknown_transfer");
        (await outsider.GetAsync("v1/ledgers/agreement/cn-kz-customs/checkpoint")).IsProblem(404, "unknown_ledger");
        foreach (var look in (string[])
            [
                "v1/audit/entries", "v1/audit/export", "v1/audit/transfers/cn-kz-customs:1", "v1/agreements/cn-kz-customs",
                "v1/ledgers/agreement/cn-kz-customs/checkpoint",
            ])
        {
            (await party.GetAsync(look)).IsProblem(503, "ledger_corrupt");
        }
    }

    /// <summary>A country is woken at every start; that it cannot be is no reason not to serve the others.</summary>
    [Fact]
    public async Task Start_AfterOneByteOfACountrysLedgerChanged_ServesTheOthers()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:FirstExchange=false");
        await gateway.StartAsync();
        gateway.Kill();
        Assert.Equal(1, Damage(Path.Combine(gateway.DataDirectory, "ledger.db"), "country/SG", 2));

        await gateway.StartAsync();

        using var office = new Office(gateway.Address);
        (await (await office.AdminAsync("CN")).PutAsync("v1/agencies/CN/archive", Exchange.AgencyDocument())).Is(200);
        for (var again = 0; again < 20; again++)
        {
            (await (await office.AdminAsync("CN")).GetAsync("v1/countries/SG")).IsProblem(503, "ledger_corrupt");
        }
    }

    private static int Damage(string file, string ledger, int index)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Flip;
        command.Parameters.AddWithValue("$ledger", ledger);
        command.Parameters.AddWithValue("$index", index);
        return command.ExecuteNonQuery();
    }
}
