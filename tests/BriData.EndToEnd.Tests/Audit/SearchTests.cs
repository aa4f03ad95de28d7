using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Audit;

/// <summary>An auditor finds any exchange, by any of its marks, as soon as the reply has left.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SearchTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task Search_EachFilter_FindsTheExchangeAndNothingThatDoesNotFit()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var other = await Exchange.CreateAsync(_office);
        var id = await exchange.AskAsync();
        await other.AskAsync();
        var body = exchange.Request();
        body["purpose"] = "Analytics";
        var denied = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", body)).Is(201).Value("id")!;

        await FindsAsync($"country=KZ&agreement={exchange.Agreement}", id, _ => true);
        await FindsAsync($"agreement={exchange.Agreement}", id, e => Text(e, "agreement") == exchange.Agreement);
        await FindsAsync($"dataset={exchange.DataSet}", id, e => Text(e, "dataSet") == exchange.DataSet);
        await FindsAsync($"agency={exchange.Importer}", id, e => List(e, "agencies").Contains(exchange.Importer));
        await FindsAsync($"agency={exchange.Exporter}", id, e => List(e, "agencies").Contains(exchange.Exporter));
        await FindsAsync($"outcome=Permit&agreement={exchange.Agreement}", id, e => Text(e, "outcome") == "Permit");
        await FindsAsync($"outcome=Deny&agreement={exchange.Agreement}", denied, e => Text(e, "outcome") == "Deny");
        await FindsAsync($"rule=agreement.grant.goods&agreement={exchange.Agreement}", id, e => List(e, "rules").Contains("agreement:agreement.grant.goods"));
        await FindsAsync($"rule=agreement:agreement.grant.goods&agreement={exchange.Agreement}", id, e => List(e, "rules").Contains("agreement:agreement.grant.goods"));
        await FindsAsync($"kind=transfer.requested&agreement={exchange.Agreement}", id, e => Text(e, "kind") == "transfer.requested");
        await FindsAsync($"transfer={id}", id, e => Text(e, "transfer") == id);
        await FindsAsync($"q={Uri.EscapeDataString(id)}", id, e => Text(e, "transfer") == id);
        await FindsAsync($"q=transfer.requested {exchange.Agreement}", id, e => Text(e, "kind") == "transfer.requested" && Text(e, "agreement") == exchange.Agreement);
        Assert.Empty(await SearchAsync("CN", $"country=SG&agreement={exchange.Agreement}"));
        Assert.Empty(await SearchAsync("CN", $"agreement={exchange.Agreement}&dataset={other.DataSet}"));
        Assert.Empty(await SearchAsync("CN", $"q=no-such-word-anywhere&agreement={exchange.Agreement}"));
    }

    [Fact]
    public async Task Search_ByObligationAndOfficer_FindsWhatTheEntriesSay()
    {
        var exchange = await Exchange.CreateOfPeopleAsync(_office);
        var request = exchange.Request();
        request["facts"] = new JsonObject { ["subjects"] = 10 };
        var answer = (await (await exchange.ImporterAsync()).PostAsync("v1/transfers", request)).Is(201);
        var id = answer.Value("id")!;
        var obligation = answer.Json.GetProperty("decision").GetProperty("obligations").EnumerateArray().First().GetString();
        var officer = Text((await SearchAsync("KZ", $"transfer={id}&kind=transfer.requested")).Single(), "officer")!;

        Assert.StartsWith("o-", officer, StringComparison.Ordinal);
        await FindsAsync($"obligation={obligation}&agreement={exchange.Agreement}", id, e => List(e, "obligations").Contains(obligation));
        await FindsAsync($"officer={officer}&agreement={exchange.Agreement}", id, e => Text(e, "officer") == officer);
        await FindsAsync($"officer={officer}&obligation={obligation}&kind=transfer.requested&transfer={id}", id, e => Text(e, "kind") == "transfer.requested");
        Assert.Empty(await SearchAsync("KZ", $"obligation=NO_SUCH&agreement={exchange.Agreement}"));
        Assert.Empty(await SearchAsync("KZ", $"officer=o-nobody&agreement={exchange.Agreement}"));
    }

    [Theory]
    [InlineData("agrement=cn-kz-customs", "agrement")]
    [InlineData("outcome=Deny&dataSets=x", "dataSets")]
    [InlineData("outcome=Deny&outcome=Permit", "outcome")]
    public async Task Search_UnknownOrRepeatedParameter_IsRefusedByName(string query, string name)
    {
        var refused = (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/entries?{query}")).IsProblem(400, "invalid_field");

        Assert.Contains(name, refused.Text, StringComparison.Ordinal);
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/export?format=csv&{query}")).IsProblem(400, "invalid_field");
    }

    [Theory]
    [InlineData("05/06/2026")]
    [InlineData("2026-06-05")]
    [InlineData("2026-06-05 08:00:00Z")]
    [InlineData("2026-06-05T08:00:00")]
    [InlineData("2026-06-05T08:00Z")]
    [InlineData("2026-06-05T08:00:00+0800")]
    [InlineData("2026-13-05T08:00:00Z")]
    [InlineData("yesterday")]
    public async Task Search_TimeThatIsNoneOfRfc3339_IsRefused(string time)
    {
        var auditor = await _office.AuditorAsync("KZ");
        foreach (var name in (string[])["from", "to"])
        {
            (await auditor.GetAsync($"v1/audit/entries?{name}={Uri.EscapeDataString(time)}")).IsProblem(400, "invalid_field");
        }
    }

    [Theory]
    [InlineData("2026-06-05T08:00:00Z")]
    [InlineData("2026-06-05T08:00:00.1234567Z")]
    [InlineData("2026-06-05T08:00:00+08:00")]
    public async Task Search_TimeOfRfc3339_IsTaken(string time) =>
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/entries?to={Uri.EscapeDataString(time)}")).Is(200);

    [Fact]
    public async Task Search_MoreWordsThanOneMayCost_IsRefused()
    {
        var words = string.Join('+', Enumerable.Range(1, 17).Select(i => $"w{i}"));

        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/entries?q={words}")).IsProblem(400, "invalid_field");
        (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/entries?q={new string('a', 201)}")).IsProblem(400, "invalid_field");
    }

    [Fact]
    public async Task Lists_OfLedgersAndRulePacks_SayThatNothingFollows()
    {
        foreach (var list in new[]
        {
            await (await _office.AuditorAsync("CN")).GetAsync("v1/ledgers"),
            await (await _office.AdminAsync("CN")).GetAsync("v1/countries/CN/rule-packs"),
        })
        {
            Assert.NotEmpty(list.Is(200).List("items"));
            Assert.Equal(JsonValueKind.Null, list.Json.GetProperty("next").ValueKind);
        }
    }

    [Fact]
    public async Task Search_FromAndTo_BoundTheTime()
    {
        var exchange = await Exchange.CreateAsync(_office);
        await exchange.AskAsync();
        await exchange.AskAsync();
        var all = await SearchAsync("KZ", $"agreement={exchange.Agreement}");
        var times = all.Select(At).Distinct().Order().ToArray();
        Assert.True(times.Length > 1, "The entries were not all made in the same millisecond.");
        var middle = Uri.EscapeDataString(times[1]);

        var since = await SearchAsync("KZ", $"agreement={exchange.Agreement}&from={middle}");
        var until = await SearchAsync("KZ", $"agreement={exchange.Agreement}&to={middle}");

        Assert.All(since, e => Assert.True(string.CompareOrdinal(At(e), times[1]) >= 0, At(e)));
        Assert.All(until, e => Assert.True(string.CompareOrdinal(At(e), times[1]) < 0, At(e)));
        Assert.Equal(all.Length, since.Length + until.Length);
    }

    [Fact]
    public async Task Search_InPages_GivesEachOnceNewestFirst()
    {
        var exchange = await Exchange.CreateAsync(_office);
        for (var n = 0; n < 7; n++)
        {
            await exchange.AskAsync();
        }

        var whole = await SearchAsync("CN", $"agreement={exchange.Agreement}&limit=500");
        var auditor = await _office.AuditorAsync("CN");
        var found = new List<long>();
        var cursor = "";
        do
        {
            var page = (await auditor.GetAsync($"v1/audit/entries?agreement={exchange.Agreement}&limit=4{cursor}")).Is(200);
            found.AddRange(page.List("items").Select(Index));
            cursor = page.Value("next") is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }
        while (cursor is not null);

        Assert.Equal(whole.Select(Index), found);
        var ofTheAgreement = whole.Where(e => Text(e, "ledger") == exchange.Ledger).Select(Index).ToArray();
        Assert.Equal(ofTheAgreement.OrderDescending(), ofTheAgreement);
    }

    [Fact]
    public async Task Trail_WholeExchange_HasEveryEntryInOrder()
    {
        var exchange = await Exchange.CreateAsync(_office, approvalBy: "CN");
        var id = await exchange.AskAsync("pendingApproval");
        (await (await _office.ApproverAsync("CN")).PostAsync($"v1/transfers/{id}/approve")).Is(200);
        (await exchange.DepositAsync(id, [1, 2, 3])).Is(200);
        (await exchange.CollectAsync(id)).Is(200);
        (await (await exchange.ImporterAsync()).PostAsync($"v1/transfers/{id}/accept")).Is(200);

        var trail = (await (await _office.AuditorAsync("KZ")).GetAsync($"v1/audit/transfers/{id}")).Is(200);

        Assert.Equal(id, trail.Value("transfer"));
        Assert.Equal(
            ["transfer.requested", "transfer.approved", "payload.deposited", "payload.released", "transfer.accepted"],
            trail.List("entries").Select(e => e.GetProperty("entry").GetProperty("kind").GetString()));
        var indexes = trail.List("entries").Select(e => e.GetProperty("receipt").GetProperty("index").GetInt64()).ToArray();
        Assert.Equal(indexes.Order(), indexes);
    }

    [Fact]
    public async Task Trail_AnyExchange_HasNoPersonAndItsEntriesNoFreeTextInTheClear()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var importer = await exchange.ImporterAsync("dana-akhmetova");
        var id = (await importer.PostAsync("v1/transfers", exchange.Request("File 4711 of Mr. Example"))).Is(201).Value("id")!;
        (await importer.PostAsync($"v1/transfers/{id}/withdraw", new JsonObject { ["reason"] = "Mr. Example has left" })).Is(200);

        var trail = (await (await _office.AuditorAsync("CN")).GetAsync($"v1/audit/transfers/{id}")).Is(200);

        Assert.Equal(2, trail.List("entries").Length);
        Assert.DoesNotContain("dana-akhmetova", trail.Text, StringComparison.Ordinal);
        string[] texts = ["4711", "Example"];
        Assert.All(trail.List("entries"), e => Assert.All(texts, t => Assert.DoesNotContain(t, e.GetProperty("entry").GetRawText(), StringComparison.Ordinal)));
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static string At(JsonElement item) => Text(item, "at")!;

    private static long Index(JsonElement item) => item.GetProperty("index").GetInt64();

    private static IEnumerable<string?> List(JsonElement item, string name) => item.GetProperty(name).EnumerateArray().Select(v => v.GetString());

    private async Task FindsAsync(string query, string transfer, Func<JsonElement, bool> fits)
    {
        foreach (var country in (string[])["CN", "KZ"])
        {
            var found = await SearchAsync(country, query);
            Assert.True(found.Any(e => Text(e, "transfer") == transfer), $"{country}, {query}: {transfer} was not found.");
            Assert.All(found, e => Assert.True(fits(e), $"{country}, {query}: {e.GetRawText()}"));
        }
    }

    private async Task<JsonElement[]> SearchAsync(string country, string query) =>
        (await (await _office.AuditorAsync(country)).GetAsync($"v1/audit/entries?{query}")).Is(200).List("items");
}
