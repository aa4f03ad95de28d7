using System.Text.Json;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Erasure;

/// <summary>What was erased does not come back with an older backup of the keys, nor with a lost seed.</summary>
public sealed class RestoreTests
{
    private const string Basis = "Customs Code, article 7, asked by Aigerim Bekova";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Start_WithAnOlderCopyOfTheKeys_TellsWhatWasErasedAndDestroysTheKeysAgain()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();
        Exchange exchange;
        string id;
        List<byte[]> wrapped;
        using (var office = new Office(gateway.Address))
        {
            exchange = await Exchange.CreateAsync(office);
            id = await AcceptedAsync(exchange);
            wrapped = StoredKeys.Wrapped(gateway.DataDirectory, await StoredKeys.OfAsync(office, id));
            Assert.Equal(2, wrapped.Count);
        }

        var keys = Path.Combine(gateway.DataDirectory, "keys.db");
        Assert.Equal(0, await gateway.StopAsync());
        var copy = await File.ReadAllBytesAsync(keys, TestContext.Current.CancellationToken);
        await gateway.StartAsync();
        using (var office = new Office(gateway.Address))
        {
            Assert.Equal(("open", Basis), await TextAsync(office, id));
            (await (await office.AgencyAsync(exchange.Exporter)).PostAsync($"v1/transfers/{id}/erase")).Is(200);
            Assert.Equal(("erased", null), await TextAsync(office, id));
        }

        Assert.Equal(0, await gateway.StopAsync());
        Assert.Empty(DataFiles.Holding(gateway.DataDirectory, [.. wrapped]));
        foreach (var file in Directory.GetFiles(gateway.DataDirectory, "keys.db*"))
        {
            File.Delete(file);
        }

        await File.WriteAllBytesAsync(keys, copy, TestContext.Current.CancellationToken);
        Assert.Equal(["keys.db"], DataFiles.Holding(gateway.DataDirectory, wrapped[0]));
        await gateway.StartAsync();

        using (var office = new Office(gateway.Address))
        {
            Assert.Equal(("erased", null), await TextAsync(office, id));
            (await (await office.AgencyAsync(exchange.Importer)).GetAsync($"v1/transfers/{id}/payload")).IsProblem(410, "payload_erased");
            await Eventually.TrueAsync("the keys to be destroyed again", () => DataFiles.Holding(gateway.DataDirectory, [.. wrapped]).Count == 0, Deadline);
            Assert.Equal(("erased", null), await TextAsync(office, id));
        }

        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task Start_TheSeedIsMissingOrAnother_IsRefusedUntilItIsBack()
    {
        await using var gateway = new GatewayProcess();
        await gateway.StartAsync();
        string id;
        using (var office = new Office(gateway.Address))
        {
            id = await AcceptedAsync(await Exchange.CreateAsync(office));
        }

        Assert.Equal(0, await gateway.StopAsync());
        var seed = Path.Combine(gateway.DataDirectory, "keys", "platform.seed");
        File.Move(seed, seed + ".away");

        Assert.False(await gateway.StartUnlessItDiesAsync());
        await SaysAsync(gateway, "is missing");
        Assert.False(File.Exists(seed));

        File.Copy(seed + ".away", seed);
        await File.WriteAllBytesAsync(seed, new byte[32], TestContext.Current.CancellationToken);
        Assert.False(await gateway.StartUnlessItDiesAsync());
        await SaysAsync(gateway, "another platform seed");

        File.Move(seed + ".away", seed, overwrite: true);
        await gateway.StartAsync();
        using (var office = new Office(gateway.Address))
        {
            Assert.Equal(("open", Basis), await TextAsync(office, id));
        }

        Assert.Equal(0, await gateway.StopAsync());
    }

    /// <summary>That it said why it ended; its last lines may arrive after its end.</summary>
    private static Task SaysAsync(GatewayProcess gateway, string reason) => Eventually.TrueAsync(
        $"the reason '{reason}'",
        () => gateway.Output.Any(l => l.Contains("platform.seed", StringComparison.Ordinal) && l.Contains(reason, StringComparison.Ordinal)),
        Deadline);

    private static async Task<string> AcceptedAsync(Exchange exchange)
    {
        var importer = await exchange.ImporterAsync();
        var id = (await importer.PostAsync("v1/transfers", exchange.Request(Basis))).Is(201).Value("id")!;
        (await exchange.DepositAsync(id, Payloads.Goods)).Is(200);
        Assert.Equal(Payloads.Goods, (await exchange.CollectAsync(id)).Is(200).Body);
        (await importer.PostAsync($"v1/transfers/{id}/accept")).Is(200);
        return id;
    }

    /// <summary>The legal basis as an auditor is told it.</summary>
    private static async Task<(string? Status, string? Text)> TextAsync(Office office, string id)
    {
        var entries = (await (await office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200).List("entries");
        var text = entries[0].GetProperty("texts")[0];
        return (text.GetProperty("status").GetString(), text.GetProperty("text") is { ValueKind: JsonValueKind.String } told ? told.GetString() : null);
    }
}
